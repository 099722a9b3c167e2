import { z } from 'zod';
import { firstEntries } from '../untrusted-record.ts';
import { textSchema, textsByKeySchema, wordsSchema } from './texts.ts';

/** Of an image and of a container alike: what their `Config` says of the process. */
export const configSchema = z
  .object({
    Env: wordsSchema,
    Labels: textsByKeySchema,
    User: textSchema,
    WorkingDir: textSchema,
    Entrypoint: wordsSchema,
    Cmd: wordsSchema,
    ExposedPorts: firstEntries(z.unknown(), 200).catch(new Map<string, unknown>()),
  })
  .transform((raw) => ({
    env: variables(raw.Env),
    labels: raw.Labels,
    user: raw.User,
    workingDir: raw.WorkingDir === '' ? '/' : raw.WorkingDir,
    entrypoint: raw.Entrypoint.join(' '),
    cmd: raw.Cmd.join(' '),
    exposedPorts: [...raw.ExposedPorts.keys()],
  }));
export type ConfigSeen = z.output<typeof configSchema>;

function variables(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
