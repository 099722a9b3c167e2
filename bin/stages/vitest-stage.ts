import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { repositoryRoot } from '../../host/repository.ts';
import { runNode } from './program-stage.ts';
import type { Count, Stage } from './stage.ts';
import { outcomeOf, type VitestOutcome } from './vitest-report.ts';

/** More files than this are no chance. */
const mostTriedAgain = 3;
/** Nor is what fails there: a wall that holds most of the time is none. */
const neverTriedAgain = path.join(repositoryRoot, 'tests/escape/');

export interface VitestStageOptions {
  /** They make real machines. */
  asRoot: boolean;
  /**
   * A few files that failed are run once more by themselves; what passes then is passed, and named as unsteady. For tests
   * against clocks and kernels that are not ours: one of them in a thousand must not cost a run of half an hour.
   */
  triesAgain: boolean;
}

/** Runs one of Vitest's projects and counts its tests. */
export function vitestStage(
  project: string,
  { asRoot, triesAgain }: VitestStageOptions,
  run: (files: string[], signal: AbortSignal) => Promise<VitestOutcome> = (files, signal) =>
    runVitest({ project, files, asRoot, signal }),
  output: Writable = process.stdout,
): Stage {
  return {
    name: project,
    async run(signal): Promise<Count> {
      const first = await run([], signal);
      const files = first.failedFiles;
      const isFew = files.length > 0 && files.length <= mostTriedAgain;
      const mustHold = files.some((file) => file.startsWith(neverTriedAgain));
      if (!triesAgain || !isFew || mustHold || signal.aborted) return first;
      const named = files.map((file) => path.relative(repositoryRoot, file)).join(', ');
      output.write(`\n== ${project}: once more ${named}\n`);
      const second = await run(files, signal);
      if (second.failed > 0) return first;
      output.write(`== ${project}: UNSTEADY, failed at first and passed then: ${named}\n`);
      return { passed: first.passed + first.failed, failed: 0 };
    },
  };
}

async function runVitest({
  project,
  files,
  asRoot,
  signal,
}: {
  project: string;
  files: string[];
  asRoot: boolean;
  signal: AbortSignal;
}): Promise<VitestOutcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chrootcamp-test-'));
  // The tests may run as the clone's owner.
  chmodSync(folder, 0o777);
  const report = path.join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    // Root's would be left in a clone that may be somebody else's.
    const caches = asRoot ? ['--cache=false', '--fsModuleCache=false'] : [];
    const program = ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
    const ok = await runNode([...program, ...reporters, ...caches, ...files], { signal, asOwner: !asRoot });
    if (!existsSync(report)) return { passed: 0, failed: 1, failedFiles: [] };
    return outcomeOf(readFileSync(report, 'utf8'), ok);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
