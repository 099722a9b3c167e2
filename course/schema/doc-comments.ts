/**
 * The doc comments of schemas, read from their source: what an author reads in an editor is what stands in the code. Only
 * for making what is committed; nothing of this runs in the product.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { z } from 'zod';

/** Of an object schema: what is said of each of its keys. */
export type KeyComments = ReadonlyMap<object, Readonly<Record<string, string>>>;

interface Source {
  /** Of the TypeScript file. */
  path: string;
  /** What it exports, as loaded. */
  module: Record<string, unknown>;
}

/** Comments by object schema, and of whole exported schemas by themselves. */
export function readDocComments(sources: readonly Source[]): {
  keys: KeyComments;
  wholes: ReadonlyMap<object, string>;
} {
  const keys = new Map<object, Record<string, string>>();
  const wholes = new Map<object, string>();
  const named = new Map<string, Record<string, string>>();
  const files = sources.map((source) => ({ ...source, declarations: declarationsOf(source.path) }));
  // Fields that are spread into schemas come first, whichever file has them.
  for (const { declarations } of files) {
    for (const { name, value } of declarations) {
      if (value !== undefined && ts.isObjectLiteralExpression(value)) named.set(name, ownComments(value));
    }
  }
  for (const { declarations, module } of files) {
    for (const { name, value, comment } of declarations) {
      const schema = module[name];
      if (value === undefined || !isSchema(schema)) continue;
      if (comment !== '') wholes.set(schema, comment);
      attach(schema, value, { keys, named });
    }
  }
  return { keys, wholes };
}

interface Attaching {
  keys: Map<object, Record<string, string>>;
  named: ReadonlyMap<string, Record<string, string>>;
}

/** Goes down the source and the schema it made, side by side. */
function attach(schema: z.core.$ZodType, expression: ts.Expression, context: Attaching): void {
  const literal = literalOf(expression);
  const def = unwrapped(schema)._zod.def as unknown as {
    shape?: Record<string, z.core.$ZodType>;
    element?: z.core.$ZodType;
    options?: z.core.$ZodType[];
  };
  if (literal === null) return;
  if (ts.isArrayLiteralExpression(literal)) {
    for (const [index, option] of literal.elements.entries()) {
      const made = def.options?.[index];
      if (made !== undefined) attach(made, option, context);
    }
    return;
  }
  if (!ts.isObjectLiteralExpression(literal)) {
    if (def.element !== undefined) attach(def.element, literal, context);
    return;
  }
  if (def.shape === undefined) return;
  const comments: Record<string, string> = {};
  for (const property of literal.properties) {
    if (ts.isSpreadAssignment(property) && ts.isIdentifier(property.expression)) {
      Object.assign(comments, context.named.get(property.expression.text));
    } else if (ts.isPropertyAssignment(property)) {
      const key = property.name.getText();
      const child = def.shape[key];
      if (child !== undefined) attach(child, property.initializer, context);
    }
  }
  context.keys.set(unwrapped(schema), { ...comments, ...ownComments(literal) });
}

/** What a schema's expression is made of: `z.strictObject({…})`, `z.array(…)`, `z.union([…])`, with methods behind. */
function literalOf(expression: ts.Expression): ts.Expression | null {
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return null;
  const { expression: target, name } = expression.expression;
  if (!(ts.isIdentifier(target) && target.text === 'z')) return literalOf(target);
  const argument = expression.arguments[name.text === 'discriminatedUnion' ? 1 : 0];
  return argument ?? null;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { innerType } = schema._zod.def as unknown as { innerType?: z.core.$ZodType };
  return innerType === undefined ? schema : unwrapped(innerType);
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

function ownComments(literal: ts.ObjectLiteralExpression): Record<string, string> {
  const said = literal.properties.flatMap((property): [string, string][] => {
    const comment = commentOf(property);
    return ts.isPropertyAssignment(property) && comment !== '' ? [[property.name.getText(), comment]] : [];
  });
  return Object.fromEntries(said);
}

function declarationsOf(path: string): { name: string; value: ts.Expression | undefined; comment: string }[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations.map(({ name, initializer }) => ({
      name: name.getText(),
      value:
        initializer === undefined
          ? undefined
          : ts.isAsExpression(initializer)
            ? initializer.expression
            : initializer,
      comment: commentOf(statement),
    })),
  );
}

/** On one line; a list keeps its lines apart by semicolons only where the author wrote them. */
function commentOf(node: ts.Node): string {
  const text = node.getFullText();
  const [range] = (ts.getLeadingCommentRanges(text, 0) ?? [])
    .filter(({ pos }) => text.startsWith('/**', pos))
    .slice(-1);
  if (range === undefined) return '';
  return text
    .slice(range.pos + 3, range.end - 2)
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
