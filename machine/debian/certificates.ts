import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageSources } from '../sources/package-sources.ts';
import { runCommand } from '../run-command.ts';

/**
 * Makes a root filesystem that has ca-certificates trust the authorities this machine's administrator added: where a
 * mirror or a registry is reached through an inspecting proxy, learners' machines meet its certificates too.
 */
export async function trustCertificates(rootfs: string, sources: PackageSources): Promise<void> {
  if (sources.certificates.size === 0) return;
  const directory = join(rootfs, 'usr/local/share/ca-certificates');
  await mkdir(directory, { recursive: true });
  for (const [name, text] of sources.certificates)
    await writeFile(join(directory, name), text, { mode: 0o644 });
  await runCommand({ argv: ['chroot', rootfs, 'update-ca-certificates'] });
}
