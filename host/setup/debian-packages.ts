/** The Debian packages this computer must have: `host/packages.json` is the one table of them. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';
import { runtimeSchema, type RuntimeName } from '../../protocol/runtime.ts';

const packageSchema = z.strictObject({
  package: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/),
  /** A phrase that completes "needed because it ...". */
  why: z.string().min(10),
  /** `run`: for the course; `test`: for `npm test` besides. */
  when: z.enum(['run', 'test']),
  /** Only where machines are made by this one. */
  runtime: runtimeSchema.optional(),
});
export type NeededPackage = z.infer<typeof packageSchema>;
export type PackagePurpose = NeededPackage['when'];

/** `test` includes what running needs. */
export function neededPackages(purpose: PackagePurpose, chosen: RuntimeName = 'runc'): NeededPackage[] {
  const file = path.join(import.meta.dirname, '../packages.json');
  const table = z.array(packageSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  return table.filter(
    ({ when, runtime }) => (purpose === 'test' || when === 'run') && (runtime ?? chosen) === chosen,
  );
}

/** Names whose files are unpacked and configured. Rejects with HOST_UNSUITABLE where dpkg is not there. */
export async function installedPackages(names: string[]): Promise<Set<string>> {
  const format = '--showformat=${binary:Package}\t${db:Status-Abbrev}\n';
  try {
    // It exits with 1 when it does not know one of them, and tells of the others all the same.
    const { stdout } = await promisify(execFile)('dpkg-query', ['--show', format, ...names]);
    return parseInstalled(stdout);
  } catch (error) {
    const { stdout, code } = error as { stdout?: string; code?: unknown };
    if (code === 1 && stdout !== undefined) return parseInstalled(stdout);
    const message =
      'found no dpkg-query; needed: Debian 12 or newer, or Ubuntu 24.04 or newer, whose packages the course is built from';
    throw new CodedError('HOST_UNSUITABLE', message, { cause: error });
  }
}

/** Lines of package and status abbreviation; `ii ` and `hi ` (held) are installed. */
export function parseInstalled(text: string): Set<string> {
  const rows = text.split('\n').map((line) => line.split('\t'));
  const present = rows.filter(([, status]) => status?.[1] === 'i');
  // Multi-arch packages carry their architecture: libc6-dev:amd64.
  return new Set(present.map(([name]) => name!.split(':')[0]!));
}

export async function missingPackages(
  purpose: PackagePurpose,
  runtime?: RuntimeName,
): Promise<NeededPackage[]> {
  const needed = neededPackages(purpose, runtime);
  const installed = await installedPackages(needed.map((row) => row.package));
  return needed.filter((row) => !installed.has(row.package));
}
