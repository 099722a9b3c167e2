/**
 * Before a start: what the runtime mounts on must be directories. A learner can take a mount away and put a link in its
 * place; the runtime, which works on this from the host's side, must not come to where that leads.
 */
import { lstat, lchown, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** Below the root; all other mount points lie on what is mounted on these, or are resolved inside by the runtime. */
const directories = [
  ['proc', 0o555],
  ['sys', 0o555],
  ['dev', 0o755],
  ['run', 0o755],
  ['root', 0o700],
] as const;

/**
 * Moves aside, within the learner's root, whatever else has such a name. Nothing of the sandbox may run: only the last part
 * of each path is the learner's, and no call here follows it.
 */
export async function readyMountPoints({ root, owner }: { root: string; owner: number }): Promise<void> {
  for (const [name, mode] of directories) {
    const path = join(root, name);
    const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (found?.isDirectory()) continue;
    if (found !== null) await rename(path, `${path}.moved-${Date.now()}`);
    await mkdir(path, { mode });
    await lchown(path, owner, owner);
  }
}
