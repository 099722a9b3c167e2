import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exerciseSchema, type Equivalent } from '../../../protocol/exercise.ts';
import type { CourseExercise } from '../../course.ts';
import type { TrialResult } from '../trial.ts';
import { localMachines, type LocalMachines } from '../local-machine.fixture.ts';
import type { MutationProof } from './mutation-proof.ts';
import { proveMutants } from './prove-mutants.ts';

/** What comes of the changes of a solution that shall leave a file `note` with `hello` in it. */
async function proofOf(
  solve: string,
  equivalent: Equivalent[] = [],
  spoil: (client: LocalMachines) => void = () => undefined,
): Promise<MutationProof> {
  const client = await localMachines();
  spoil(client);
  onTestFinished(() => client[Symbol.asyncDispose]());
  const dir = join(client.dir, '..', 'exercise');
  await mkdir(dir, { recursive: true });
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, 'solve.sh'), solve);
  const proofs = await proveMutants({
    client,
    limits: { scriptTimeoutMs: 400, settleMs: 300 },
    signal: new AbortController().signal,
    scratchDir: client.scratchDir,
    cwd: client.dir,
    jobs: 1,
    solved: [{ exercise: exerciseIn(dir, client.dir, equivalent), solve: solved }],
  });
  return proofs.get('module/lesson/note')!;
}

const solved: TrialResult = {
  exerciseId: 'module/lesson/note',
  script: 'solve.sh',
  kind: 'solve',
  ok: true,
  ms: 20,
  steps: [{ name: 'grade', ok: true, ms: 5 }],
};

function exerciseIn(dir: string, home: string, equivalent: Equivalent[]): CourseExercise {
  return {
    id: 'module/lesson/note',
    slug: 'note',
    number: 1,
    dir,
    file: join(dir, 'exercise.yaml'),
    exercise: exerciseSchema.parse({
      title: 'A note',
      task: 'Leave a note that says hello.',
      checks: [
        { id: 'note', kind: 'file', label: 'A note', path: join(home, 'note'), content: { equals: 'hello' } },
      ],
      hints: ['A note is a file.'],
      wrong: ['a', 'b'].map((name) => ({ script: `wrong-${name}.sh`, fails: 'note', says: 'There is no' })),
      equivalent,
    }),
    scripts: { setup: null, solve: join(dir, 'solve.sh'), alternatives: [], wrong: [] },
  };
}

function outcomes({ mutants }: MutationProof): string[] {
  return mutants.map(({ line, change, outcome }) => `${outcome} ${line}: ${change}`);
}

test('a change that no check notices has survived', async () => {
  const proof = await proofOf('mkdir box\necho hello > note\n');
  expect(outcomes(proof)).toEqual([
    'survived 1: drop mkdir box',
    'killed 2: drop echo hello > note',
    'killed 2: path note -> note-other',
  ]);
  expect(proof.mutants[1]).toMatchObject({ by: 'note', detail: expect.stringContaining('There is no') });
  expect(proof).toMatchObject({ ok: false, score: { percent: 66 }, faults: [] });
});

test('one that is declared equivalent has not, and a declaration that is not so is a fault', async () => {
  const because = 'The box is for show.';
  const solve = 'mkdir box\necho hello > note\n';
  const declared = await proofOf(solve, [{ line: 1, change: 'drop mkdir box', because }]);
  expect(declared).toMatchObject({ ok: true, score: { equivalent: 1, percent: 100 } });
  expect(declared.mutants[0]).toMatchObject({ outcome: 'equivalent', detail: because });
  const stale = await proofOf('echo hello > note\n', [
    { line: 1, change: 'path note -> note-other', because },
  ]);
  expect(stale).toMatchObject({ ok: false, score: { percent: 100 } });
  expect(stale.faults[0]).toMatch(/check `note` notices it: There is no/);
});

test('one that waits for what never comes is ended and judged by what it left', async () => {
  const proof = await proofOf('touch go\nuntil [ -e go ]; do sleep 0.01; done\necho hello > note\n');
  expect(outcomes(proof)).toContain('killed 1: drop touch go');
});

test('where a machine fails, nothing is proven', async () => {
  const proof = await proofOf('echo hello > note\n', [], (client) => {
    client.view = async () => ({ ...(await client.create({})), docker: 'stopped' });
  });
  expect(proof).toMatchObject({ ok: false, score: { unjudged: 2, percent: 0 } });
  expect(proof.mutants[0]!.detail).toBe('machine: Docker is stopped in a fresh machine; expected ready');
});
