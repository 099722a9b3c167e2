import { z } from 'zod';

/**
 * An object's first properties that fit a schema, as a Map: no key can reach a prototype. Null, as Docker writes for
 * "none", is empty. Refuses what is no object.
 */
export function firstEntries<S extends z.ZodType>(value: S, most: number) {
  return z
    .custom<object | null>((input) => typeof input === 'object' && !Array.isArray(input))
    .transform((input) => {
      const fitting = new Map<string, z.output<S>>();
      for (const [key, each] of Object.entries(input ?? {}).slice(0, most)) {
        const parsed = value.safeParse(each);
        if (parsed.success) fitting.set(key, parsed.data);
      }
      return fitting;
    });
}

/** For objects whose every property has a `catch`: what is no object is one with nothing in it. */
export function orEmpty<S extends z.ZodType>(schema: S) {
  const isRecord = (input: unknown): boolean =>
    typeof input === 'object' && input !== null && !Array.isArray(input);
  return z.preprocess((input) => (isRecord(input) ? input : {}), schema);
}
