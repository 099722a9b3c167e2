import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { nodePath, repositoryOwner, repositoryRoot } from '../../host/repository.ts';
import { oneFailed, onePassed } from './stage.ts';
import type { Stage } from './stage.ts';

/** Runs a JavaScript program of `node_modules` or of ours; its output is ours. */
export function programStage(name: string, program: string, ...arguments_: string[]): Stage {
  const run = async (signal: AbortSignal, output?: Writable) =>
    (await runNode([program, ...arguments_], { signal, asOwner: true, output })) ? onePassed : oneFailed;
  return { name, run };
}

/** One that keeps a single core busy: several of them run at once. */
export function besideOthers(stage: Stage): Stage {
  return { ...stage, runsBesideOthers: true };
}

/** Resolves with whether it exited with 0. What it prints goes to `output`, or without that to where ours goes. */
export async function runNode(
  arguments_: string[],
  { signal, asOwner, output }: { signal: AbortSignal; asOwner: boolean; output?: Writable | undefined },
): Promise<boolean> {
  signal.throwIfAborted();
  // What tools leave in their caches belongs to the clone's owner, who must be able to delete it.
  const owner = repositoryOwner();
  const drop = asOwner && process.getuid!() === 0 && owner.uid !== 0;
  const child = spawn(nodePath, ['--no-warnings', ...arguments_], {
    cwd: repositoryRoot,
    stdio: output ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...(drop ? { HOME: owner.home } : {}) },
    ...(drop ? { uid: owner.uid, gid: owner.gid } : {}),
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output?.write(text));
  }
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code === 0));
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
}
