/** Checks made of checks. What is nested has neither `id` nor `label`: the outer ones stand for the whole. */
import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { beforeCheckSchema } from './before.ts';
import { cgroupCheckSchema } from './cgroup.ts';
import { httpCheckSchema } from './http.ts';
import { mountCheckSchema } from './mount.ts';
import { namespaceCheckSchema } from './namespace.ts';
import { registryCheckSchema } from './registry.ts';
import { composeCheckSchema } from './compose.ts';
import { containerCheckSchema } from './container.ts';
import { directoryTreeCheckSchema } from './directory-tree.ts';
import { dockerEventCheckSchema } from './docker-event.ts';
import { fileCheckSchema } from './file.ts';
import { imageCheckSchema } from './image.ts';
import { networkCheckSchema } from './network.ts';
import { processCheckSchema } from './process.ts';
import { volumeCheckSchema } from './volume.ts';

const anonymous = { id: true, label: true } as const;

/** All that looks at the machine's state alone: a typed answer needs an id of its own and cannot be nested. */
const nestableSchemas = [
  fileCheckSchema.omit(anonymous),
  directoryTreeCheckSchema.omit(anonymous),
  processCheckSchema.omit(anonymous),
  containerCheckSchema.omit(anonymous),
  imageCheckSchema.omit(anonymous),
  volumeCheckSchema.omit(anonymous),
  networkCheckSchema.omit(anonymous),
  composeCheckSchema.omit(anonymous),
  dockerEventCheckSchema.omit(anonymous),
  cgroupCheckSchema.omit(anonymous),
  httpCheckSchema.omit(anonymous),
  mountCheckSchema.omit(anonymous),
  registryCheckSchema.omit(anonymous),
  namespaceCheckSchema.omit(anonymous),
  beforeCheckSchema.omit(anonymous),
] as const;

const innermostSchema = z.discriminatedUnion('kind', nestableSchemas);
type Innermost = z.infer<typeof innermostSchema>;

/** A check within another. */
export type NestedCheck =
  | Innermost
  | { kind: 'all'; checks: NestedCheck[] }
  | { kind: 'any'; checks: NestedCheck[] }
  | { kind: 'not'; check: NestedCheck }
  | { kind: 'count'; atLeast: number; checks: NestedCheck[] };

function combining<S extends z.ZodType<NestedCheck>>(nested: S) {
  const checks = z.array(nested).min(2).max(6);
  return [
    /** Every one of them passes. */
    z.strictObject({ kind: z.literal('all'), checks }),
    /** One of them at least passes. */
    z.strictObject({ kind: z.literal('any'), checks }),
    /** It does not pass. */
    z.strictObject({ kind: z.literal('not'), check: nested }),
    /** So many of them at least pass. */
    z.strictObject({ kind: z.literal('count'), atLeast: z.int().min(1).max(6), checks }),
  ] as const;
}

const middleSchema = z.discriminatedUnion('kind', [...nestableSchemas, ...combining(innermostSchema)]);
/** What an outermost check may nest: two more levels, so that a sentence can still tell of it. */
const nestedSchema: z.ZodType<NestedCheck> = z.discriminatedUnion('kind', [
  ...nestableSchemas,
  ...combining(middleSchema),
]);

const [all, any, not, count] = combining(nestedSchema);
export const allCheckSchema = all.extend(baseCheckFields);
export const anyCheckSchema = any.extend(baseCheckFields);
export const notCheckSchema = not.extend(baseCheckFields);
export const countCheckSchema = count.extend(baseCheckFields);

export type AllCheck = z.infer<typeof allCheckSchema>;
export type AnyCheck = z.infer<typeof anyCheckSchema>;
export type NotCheck = z.infer<typeof notCheckSchema>;
export type CountCheck = z.infer<typeof countCheckSchema>;
