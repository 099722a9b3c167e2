/** The words of an expression. */
export interface Token {
  type: 'number' | 'text' | 'name' | 'sign' | 'end';
  /** As written; of a text what is between the quotes. */
  text: string;
  /** Of its first character, from 1. */
  column: number;
}

/** What is wrong with an expression, where. */
export class ExpressionError extends Error {
  readonly column: number;

  constructor(column: number, message: string) {
    super(`column ${column}: ${message}`);
    this.name = 'ExpressionError';
    this.column = column;
  }
}

const patterns: [Token['type'], RegExp][] = [
  ['number', /\d+(?:\.\d+)?/y],
  ['text', /"[^"\\]*(?:\\[n"\\][^"\\]*)*"|'[^'\\]*(?:\\[n'\\][^'\\]*)*'/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['sign', /==|!=|<=|>=|[-+*/%<>()[\],.]/y],
];

/** Throws `ExpressionError`. */
export function tokens(source: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < source.length;) {
    if (/\s/.test(source[at]!)) {
      at += 1;
      continue;
    }
    const token = tokenAt(source, at);
    found.push(token.token);
    at = token.end;
  }
  return [...found, { type: 'end', text: 'the end', column: source.length + 1 }];
}

function tokenAt(source: string, at: number): { token: Token; end: number } {
  const column = at + 1;
  for (const [type, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(source)?.[0];
    if (match === undefined) continue;
    const text = type === 'text' ? unquoted(match) : match;
    return { token: { type, text, column }, end: at + match.length };
  }
  const found = source[at]!;
  if (found === '"' || found === "'") {
    throw new ExpressionError(column, `the text that begins here has no end; expected another ${found}`);
  }
  throw new ExpressionError(column, `found \`${found}\`, which means nothing in an expression`);
}

function unquoted(literal: string): string {
  return literal
    .slice(1, -1)
    .replaceAll(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
