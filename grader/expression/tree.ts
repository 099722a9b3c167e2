/** A parsed expression. */
export type Expression =
  | { type: 'literal'; value: string | number | boolean }
  /** What is seen of the machine. */
  | { type: 'seen'; seen: Seen }
  /** The item of a list that is being looked at. */
  | { type: 'it' }
  | { type: 'member'; of: Expression; key: Expression }
  | { type: 'call'; name: string; arguments: Expression[] }
  | { type: 'not' | 'minus'; of: Expression }
  | { type: 'binary'; sign: BinarySign; left: Expression; right: Expression };

export type BinarySign = 'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** One look at the machine. */
export type Seen =
  | { what: 'kernel' | 'info' | 'containers' | 'images' | 'networks' | 'volumes' | 'processes' }
  /** As `docker inspect` has it, by name or reference. */
  | { what: 'container' | 'image'; name: string }
  /** Its text. */
  | { what: 'file'; path: string };

export const seenNames = [
  'kernel',
  'info',
  'containers',
  'images',
  'networks',
  'volumes',
  'processes',
] as const;
export const seenCalls = ['container', 'image', 'file'] as const;

/** Every look of an expression, each once, in order. */
export function seenIn(expression: Expression): Seen[] {
  const found = new Map<string, Seen>();
  const visit = (node: Expression): void => {
    switch (node.type) {
      case 'seen':
        found.set(JSON.stringify(node.seen), node.seen);
        return;
      case 'member':
        visit(node.of);
        return visit(node.key);
      case 'call':
        return node.arguments.forEach(visit);
      case 'not':
      case 'minus':
        return visit(node.of);
      case 'binary':
        visit(node.left);
        return visit(node.right);
      case 'literal':
      case 'it':
    }
  };
  visit(expression);
  return [...found.values()];
}
