/** JSON Schemas of what authors write, for their editors. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exerciseSchema } from '../../protocol/exercise.ts';
import {
  exerciseTranslationSchema,
  languageSchema,
  lessonTranslationSchema,
} from '../../protocol/language.ts';
import { lessonFrontmatterSchema, moduleSchema } from '../../protocol/lesson.ts';
import { readDocComments, type KeyComments } from './doc-comments.ts';

export type JsonSchema = Record<string, unknown>;

const protocolDir = join(import.meta.dirname, '../../protocol');

/** By name of the file in content/schemas. */
export async function jsonSchemas(): Promise<Record<string, JsonSchema>> {
  const { keys, wholes } = readDocComments(await sources());
  const registry = checkNames();
  const made = (schema: z.ZodType): JsonSchema => jsonSchemaOf(schema, { registry, keys, wholes });
  return {
    exercise: made(exerciseSchema),
    lesson: made(lessonFrontmatterSchema),
    module: made(moduleSchema),
    language: made(languageSchema),
    'lesson-translation': made(lessonTranslationSchema),
    'exercise-translation': made(exerciseTranslationSchema),
  };
}

async function sources(): Promise<{ path: string; module: Record<string, unknown> }[]> {
  const checks = readdirSync(join(protocolDir, 'checks')).map((name) => join('checks', name));
  const paths = [...checks, 'exercise.ts', 'language.ts', 'lesson.ts'].filter((name) =>
    /(?<!\.test|\.fixture)\.ts$/.test(name),
  );
  return Promise.all(
    paths.map(async (name) => {
      const path = join(protocolDir, name);
      return { path, module: (await import(path)) as Record<string, unknown> };
    }),
  );
}

type Named = z.core.$ZodRegistry<{ id: string }>;

/** What is written out once and referred to, with its name: each kind of check, alone and within others. */
function checkNames(): Named {
  const registry: Named = z.registry<{ id: string }>();
  const name = (schemas: readonly z.core.$ZodType[], prefix: string): void => {
    for (const schema of schemas) {
      const { shape } = schema._zod.def as unknown as { shape: Record<string, z.core.$ZodType> };
      const { values } = shape.kind!._zod.def as unknown as { values: string[] };
      if (registry.has(schema)) continue;
      registry.add(schema, { id: `${prefix}${values[0]}` });
      const nested = shape.check ?? (shape.checks === undefined ? undefined : elementOf(shape.checks));
      if (nested !== undefined && values[0] !== 'before') name(optionsOf(nested), `${prefix}nested-`);
    }
  };
  name(optionsOf(elementOf(exerciseSchema.shape.checks)!), '');
  return registry;
}

function elementOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return (schema._zod.def as unknown as { element?: z.core.$ZodType }).element;
}

function optionsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  return (schema._zod.def as unknown as { options?: z.core.$ZodType[] }).options ?? [];
}

interface Making {
  registry: Named;
  keys: KeyComments;
  wholes: ReadonlyMap<object, string>;
}

function jsonSchemaOf(schema: z.ZodType, { registry, keys, wholes }: Making): JsonSchema {
  const objects: z.core.$ZodType[] = [];
  const json = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-07',
    metadata: registry,
    override({ zodSchema, jsonSchema }) {
      const whole = wholes.get(zodSchema);
      if (whole !== undefined) jsonSchema.description ??= whole;
      delete (jsonSchema as { id?: string }).id;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // What wraps an object comes after it, with all that the object has.
      if (jsonSchema.properties !== undefined && !('x-object' in jsonSchema))
        Object.assign(jsonSchema, { 'x-object': objects.push(zodSchema) - 1 });
    },
  });
  return described(json, (index) => keys.get(objects[index]!) ?? {}) as JsonSchema;
}

/** With what is said of each key; beside a reference nothing may stand, so that goes into an `allOf`. */
function described(json: unknown, commentsOf: (object: number) => Readonly<Record<string, string>>): unknown {
  if (Array.isArray(json)) return json.map((each) => described(each, commentsOf));
  if (typeof json !== 'object' || json === null) return json;
  const { 'x-object': object, ...rest } = json as JsonSchema;
  const made = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, described(value, commentsOf)]),
  );
  if (typeof object !== 'number') return made;
  const comments = commentsOf(object);
  const properties = Object.entries(made.properties as Record<string, JsonSchema>).map(([key, value]) => {
    const description = comments[key];
    if (description === undefined) return [key, value] as const;
    return [key, '$ref' in value ? { allOf: [value], description } : { ...value, description }] as const;
  });
  return { ...made, properties: Object.fromEntries(properties) };
}
