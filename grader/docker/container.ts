import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';

/** Goes into paths of the Docker API, so nothing but an id may pass. */
const idSchema = z.string().regex(/^[0-9a-f]{64}$/);
const textSchema = z.string().catch('');

/** One of `/containers/json`. */
export const containerSummarySchema = z
  .object({
    Id: idSchema,
    Names: firstItems(z.string(), 20).catch([]),
    Image: textSchema,
    ImageID: textSchema,
    State: textSchema,
    Status: textSchema,
  })
  .transform((raw) => ({
    id: raw.Id,
    name: ownName(raw.Names) ?? raw.Id.slice(0, 12),
    image: raw.Image,
    imageId: raw.ImageID,
    state: raw.State,
    /** From the words "Exited (1) 5 minutes ago"; null while it runs or where it never did. */
    exitCode: exitCodeIn(raw.Status),
  }));
export type ContainerSummary = z.output<typeof containerSummarySchema>;

/** Docker lists the newest first. */
export const containerListSchema = firstItems(containerSummarySchema, 1_000);

/** `/containers/<id>/json`, what checks ask of it. */
export const containerDetailSchema = z
  .object({
    Path: textSchema,
    Args: firstItems(z.string(), 1_000).catch([]),
    State: z.object({ ExitCode: z.int().catch(-1) }).catch({ ExitCode: -1 }),
    Config: z
      .object({ Tty: z.boolean().catch(false), OpenStdin: z.boolean().catch(false), Hostname: textSchema })
      .catch({ Tty: false, OpenStdin: false, Hostname: '' }),
  })
  .transform((raw) => ({
    command: [raw.Path, ...raw.Args].join(' '),
    exitCode: raw.State.ExitCode,
    tty: raw.Config.Tty,
    openStdin: raw.Config.OpenStdin,
    hostname: raw.Config.Hostname,
  }));
export type ContainerDetail = z.output<typeof containerDetailSchema>;

/** A container linked to from others has a name `/other/alias` as well. */
function ownName(names: readonly string[]): string | undefined {
  return names.find((name) => /^\/[^/]+$/.test(name))?.slice(1);
}

function exitCodeIn(status: string): number | null {
  const code = /^Exited \((\d{1,3})\)/.exec(status)?.[1];
  return code === undefined ? null : Number(code);
}
