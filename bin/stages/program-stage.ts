import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodePath, repositoryOwner, repositoryRoot } from '../../host/repository.ts';
import { oneFailed, onePassed } from './stage.ts';
import type { Count, Stage } from './stage.ts';

/** Runs a JavaScript program of `node_modules` or of ours; its output is ours. */
export function programStage(name: string, program: string, ...arguments_: string[]): Stage {
  const run = async (signal: AbortSignal) =>
    (await runNode([program, ...arguments_], { signal, asOwner: true })) ? onePassed : oneFailed;
  return { name, run };
}

/** Runs one of Vitest's projects and counts its tests. `asRoot`: they make real machines. */
export function vitestStage(project: string, { asRoot }: { asRoot: boolean }): Stage {
  return {
    name: project,
    async run(signal) {
      const folder = mkdtempSync(path.join(tmpdir(), 'chrootcamp-test-'));
      // The tests may run as the clone's owner.
      chmodSync(folder, 0o777);
      const report = path.join(folder, 'report.json');
      try {
        const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
        // Root's would be left in a clone that may be somebody else's.
        const caches = asRoot ? ['--cache=false', '--fsModuleCache=false'] : [];
        const program = [
          'node_modules/vitest/vitest.mjs',
          'run',
          '--project',
          project,
          ...reporters,
          ...caches,
        ];
        const ok = await runNode(program, { signal, asOwner: !asRoot });
        return existsSync(report) ? countOf(readFileSync(report, 'utf8'), ok) : oneFailed;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** From Vitest's JSON report. A run that failed beside its tests (a file that does not load) counts as one failure. */
export function countOf(report: string, ok: boolean): Count {
  const { numPassedTests, numFailedTests } = JSON.parse(report) as Record<string, number>;
  const count = { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
  return ok || count.failed > 0 ? count : { ...count, failed: 1 };
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
