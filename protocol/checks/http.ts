import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { keyedTextSchema, textExpectationSchema } from './text.ts';

/** What answers a GET from inside the learner's machine; redirects are not followed. */
export const httpCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('http'),
  /** At `localhost` or an IPv4 address: `http://localhost:8080/`. With `container`, its host is only what is asked for. */
  url: z
    .string()
    .max(500)
    .regex(
      /^http:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[!-~]*)?$/,
      'expected an address like http://localhost:8080/ (only http)',
    ),
  /** Name of a running container: the connection is made to its own address, not to a port of the machine. */
  container: z.string().min(2).max(128).optional(),
  /** `false`: nobody may answer there. */
  present: z.boolean().default(true),
  expect: z
    .strictObject({
      status: z.int().min(100).max(599).optional(),
      /** Of the first 64 KiB. */
      body: textExpectationSchema.optional(),
      /** By name, upper and lower case alike. */
      headers: keyedTextSchema.optional(),
    })
    .default({}),
});
export type HttpCheck = z.infer<typeof httpCheckSchema>;
