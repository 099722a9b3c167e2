import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { keyedTextSchema } from './text.ts';

const nameSchema = z.string().min(1).max(128);

/** A service is `there` with any container, also one that has ended. */
export const serviceStates = ['there', 'running', 'healthy'] as const;

/** A project of `docker compose`, by the labels that it leaves on what it makes. */
export const composeCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('compose'),
  /** The name of the project's directory, unless it is named otherwise. */
  project: nameSchema,
  /** `false`: neither a container nor a network of the project is left. */
  present: z.boolean().default(true),
  /** By service name. */
  services: z
    .record(
      nameSchema,
      z.strictObject({
        state: z.enum(serviceStates).default('running'),
        /** Exactly so many containers of the service in that state; without it, at least one. */
        replicas: z.int().min(0).max(50).optional(),
      }),
    )
    .optional(),
  /** As the file calls them: `default`, not `shop_default`. */
  networks: z.array(nameSchema).min(1).max(20).optional(),
  volumes: z.array(nameSchema).min(1).max(20).optional(),
  /** The file itself. `says` by dotted path: `services.web.image`; a list is its entries joined by spaces. */
  file: z.strictObject({ path: absolutePathSchema, says: keyedTextSchema.optional() }).optional(),
});
export type ComposeCheck = z.infer<typeof composeCheckSchema>;
