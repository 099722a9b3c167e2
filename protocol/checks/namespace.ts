import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { namespaceKinds, processFindSchema } from './process.ts';

/** Whose namespaces: `machine` is PID 1 of the learner's machine; `netns` is one made by `ip netns add`. */
const ownerSchema = z.union([
  z.literal('machine'),
  z.strictObject({ process: processFindSchema }),
  z.strictObject({ netns: z.string().min(1).max(64) }),
]);
export type NamespaceOwner = z.infer<typeof ownerSchema>;

const kindsSchema = z.array(z.enum(namespaceKinds)).min(1);

/**
 * The namespaces of `of` beside those of `beside`. Of several processes found, one of `of` must be as asked beside one
 * of `beside`. A `netns` has a `net` namespace alone.
 */
export const namespaceCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('namespace'),
  of: ownerSchema,
  beside: ownerSchema.default('machine'),
  same: kindsSchema.optional(),
  different: kindsSchema.optional(),
});
export type NamespaceCheck = z.infer<typeof namespaceCheckSchema>;
