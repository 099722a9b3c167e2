import { z } from 'zod';
import { baseCheckFields } from './base.ts';

/**
 * Docker reported at least `times` events like this since the machine started: evidence of what is gone by now, such as
 * a `--rm` container that ran. Action names are Docker's own (`docker events`).
 */
export const dockerEventCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('docker-event'),
  type: z.enum(['container', 'image', 'volume', 'network']),
  action: z.string().regex(/^[a-z_]+$/),
  /** For containers: the image as typed, `busybox` also finding `busybox:latest`. For images: the reference. */
  image: z.string().max(256).optional(),
  /** Container name. */
  name: z.string().max(128).optional(),
  /** Only with action `die`. */
  exitCode: z.int().min(0).max(255).optional(),
  times: z.int().min(1).max(50).default(1),
  /**
   * Only with type `container`: the same container also reported each of these actions. `die` with `also: [attach]`
   * is one that ran in the foreground.
   */
  also: z.array(z.string().regex(/^[a-z_]+$/)).optional(),
});
export type DockerEventCheck = z.infer<typeof dockerEventCheckSchema>;
