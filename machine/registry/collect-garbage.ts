import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { registryConfig } from './registry-config.ts';

/** Deletes blobs and manifests that no tag leads to. A server may be reading the store: what it can name stays. */
export async function collectRegistryGarbage(root: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'chrootcamp-'));
  try {
    const configPath = join(directory, 'config.yml');
    await writeFile(
      configPath,
      registryConfig({ root, socketPath: join(directory, 'unused'), readOnly: false }),
    );
    await runCommand({ argv: ['docker-registry', 'garbage-collect', '--delete-untagged', configPath] });
  } finally {
    await rm(directory, { recursive: true });
  }
}
