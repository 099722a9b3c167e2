import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CodedError, messageOf } from '../protocol/errors.ts';
import { lifetimesSchema } from '../protocol/lifetimes.ts';
import { publicOriginsSchema } from '../protocol/public-origins.ts';

const absolutePath = z.string().startsWith('/', 'expected an absolute path');

/** The portal's configuration file: one JSON object. Unknown keys are refused. */
const portalConfigSchema = z.strictObject({
  /** Address to listen on. `0.0.0.0` or `::` serves the whole network. */
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 takes any free port; the ready line says which. */
  port: z.int().min(0).max(65_535).default(8080),
  /** Cookies are `Secure` when all are https. */
  publicOrigins: publicOriginsSchema,
  /** The portal's own directory: the database and the cookie key. Made where absent. */
  dataDir: absolutePath,
  /** The sandbox-server's Unix socket. */
  sandboxServerSocket: absolutePath,
  /** The built site: Astro's `dist`. */
  siteDir: absolutePath,
  /** The course: the folder that holds `modules`. */
  contentDir: absolutePath,
  /** How long machines live, and stopped ones are kept. */
  lifetimes: lifetimesSchema.prefault({}),
  /** `--dev`: the course is followed while it is written, and pages show what its checks do. */
  dev: z
    .strictObject({
      /** Of Astro's own server, which renders lessons as they are now. */
      rendererUrl: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
    })
    .optional(),
  /** What goes to standard error. */
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type PortalConfig = z.infer<typeof portalConfigSchema>;

/** Throws USAGE naming every field that is wrong. */
export function parseConfig(value: unknown, source: string): PortalConfig {
  const parsed = portalConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CodedError(
    'USAGE',
    `${source} is not a configuration of the portal:\n${z.prettifyError(parsed.error)}`,
  );
}

export function readConfig(path: string): PortalConfig {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const found = messageOf(cause);
    throw new CodedError('USAGE', `cannot read ${path}: ${found}; expected a JSON file`, { cause });
  }
  return parseConfig(value, path);
}
