import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';

const optionalText = z.string().optional().catch(undefined);

const dockerEventSeenSchema = z
  .object({
    type: z.string(),
    action: z.string(),
    actorId: z.string(),
    attributes: z.object({ image: optionalText, name: optionalText, exitCode: optionalText }).catch({}),
  })
  .transform(({ attributes, ...event }) => ({
    ...event,
    /** Without what Docker adds to some: `exec_create: sh` is `exec_create`. */
    action: event.action.split(':', 1)[0]!,
    image: attributes.image ?? '',
    name: attributes.name ?? '',
    exitCode: /^\d{1,3}$/.test(attributes.exitCode ?? '') ? Number(attributes.exitCode) : null,
  }));
export type DockerEventSeen = z.output<typeof dockerEventSeenSchema>;

export const dockerEventsSeenSchema = firstItems(dockerEventSeenSchema, 10_000);
