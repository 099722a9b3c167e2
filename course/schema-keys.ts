import type { z } from 'zod';

/** What is read here of a zod schema's public `def`. */
interface SchemaDef {
  type: string;
  shape?: Record<string, z.core.$ZodType>;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  options?: z.core.$ZodType[];
  discriminator?: string;
  keyType?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
  entries?: Record<string, string>;
  values?: unknown[];
}

function defOf(schema: z.core.$ZodType): SchemaDef {
  return schema._zod.def as unknown as SchemaDef;
}

/** The keys that a schema knows at a path of a document; none where there is no object there. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[], input: unknown): string[] {
  const found = schemasAt([schema], path, input);
  return [...new Set(found.flatMap((each) => keysOf(defOf(each))))];
}

function keysOf(def: SchemaDef): string[] {
  if (def.shape !== undefined) return Object.keys(def.shape);
  if (def.keyType !== undefined) return Object.values(defOf(def.keyType).entries ?? {});
  return [];
}

/** Every schema that may govern a path: a union not told apart by the document gives all its options. */
function schemasAt(
  schemas: readonly z.core.$ZodType[],
  path: readonly PropertyKey[],
  input: unknown,
): z.core.$ZodType[] {
  const governing = schemas.flatMap((schema) => unwrapped(schema, input));
  const [step, ...rest] = path;
  if (step === undefined) return governing;
  const below = governing.flatMap((schema) => childOf(defOf(schema), step));
  return schemasAt(below, rest, childValue(input, step));
}

function unwrapped(schema: z.core.$ZodType, input: unknown): z.core.$ZodType[] {
  const def = defOf(schema);
  if (def.innerType !== undefined) return unwrapped(def.innerType, input);
  if (def.options === undefined) return [schema];
  const { discriminator } = def;
  const options = def.options.flatMap((option) => unwrapped(option, input));
  if (discriminator === undefined) return options;
  const named = childValue(input, discriminator);
  return options.filter((option) => {
    const literal = defOf(option).shape?.[discriminator];
    return literal !== undefined && (defOf(literal).values ?? []).includes(named);
  });
}

function childOf(def: SchemaDef, step: PropertyKey): z.core.$ZodType[] {
  const child = def.shape?.[String(step)] ?? def.element ?? def.valueType;
  return child === undefined ? [] : [child];
}

/** Own properties only: a document may have a key called `constructor`. */
export function childValue(input: unknown, step: PropertyKey): unknown {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, step)) return undefined;
  return (input as Record<PropertyKey, unknown>)[step];
}

export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(childValue, input);
}
