import { spawn } from 'node:child_process';
import { nodePath, repositoryOwner, repositoryRoot } from '../../host/repository.ts';
import { oneFailed, onePassed } from './stage.ts';
import type { Stage } from './stage.ts';

/** Runs a JavaScript program of `node_modules` or of ours; its output is ours. */
export function programStage(name: string, program: string, ...arguments_: string[]): Stage {
  const run = async (signal: AbortSignal) =>
    (await runNode([program, ...arguments_], { signal, asOwner: true })) ? onePassed : oneFailed;
  return { name, run };
}

/** Resolves with whether it exited with 0. */
export async function runNode(
  arguments_: string[],
  { signal, asOwner }: { signal: AbortSignal; asOwner: boolean },
): Promise<boolean> {
  signal.throwIfAborted();
  // What tools leave in their caches belongs to the clone's owner, who must be able to delete it.
  const owner = repositoryOwner();
  const drop = asOwner && process.getuid!() === 0 && owner.uid !== 0;
  const child = spawn(nodePath, ['--no-warnings', ...arguments_], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...(drop ? { HOME: owner.home } : {}) },
    ...(drop ? { uid: owner.uid, gid: owner.gid } : {}),
  });
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code === 0));
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
}
