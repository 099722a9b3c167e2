import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exerciseSchema } from '../../protocol/exercise.ts';
import type { CourseExercise } from '../course.ts';
import { localMachines, type LocalMachines } from './local-machine.fixture.ts';
import type { ExerciseProof, ProofMemory } from './proof.ts';
import { verifyExercises, type VerifyOptions } from './verify.ts';

const scripts = {
  'solve.sh': 'echo hello > note; answer release "$(uname -r)"',
  'alt-later.sh': '(sleep 0.3; echo hello > note) &\nanswer release nonsense\nanswer release "$(uname -r)"',
  'wrong-empty.sh': 'touch note; answer release "$(uname -r)"',
  'wrong-release.sh': 'echo hello > note; answer release 1.0',
};

interface Proving extends Partial<VerifyOptions> {
  scripts?: Record<string, string>;
  setup?: string;
}

async function machines(): Promise<LocalMachines> {
  const local = await localMachines();
  onTestFinished(() => local[Symbol.asyncDispose]());
  return local;
}

/** Writes the exercise's scripts beside the machine, with some replaced, and proves it. */
async function proofOf({ scripts: changes, setup, ...options }: Proving = {}): Promise<ExerciseProof> {
  const client = (options.client as LocalMachines | undefined) ?? (await machines());
  const dir = join(client.dir, '..', 'exercise');
  await mkdir(dir, { recursive: true });
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const all = { ...scripts, ...changes, ...(setup !== undefined && { 'setup.sh': setup }) };
  for (const [name, text] of Object.entries(all)) await writeFile(join(dir, name), text);
  const { exercises } = await verifyExercises({
    client,
    jobs: 1,
    limits: { settleMs: 2_000 },
    scratchDir: client.scratchDir,
    cwd: client.dir,
    ...options,
    exercises: [exerciseIn(dir, client.dir, setup !== undefined)],
  });
  expect(client.alive.size).toBe(0);
  return exercises[0]!;
}

function exerciseIn(dir: string, home: string, hasSetup: boolean): CourseExercise {
  const wrong = [
    { script: 'wrong-empty.sh', fails: 'note', says: 'is empty' },
    { script: 'wrong-release.sh', fails: 'release', says: 'not what your machine says' },
  ];
  const path = (name: string): string => join(dir, name);
  return {
    id: 'module/lesson/note',
    slug: 'note',
    number: 1,
    dir,
    file: path('exercise.yaml'),
    exercise: exerciseSchema.parse({
      title: 'A note',
      task: 'Leave a note that says hello, and tell the kernel.',
      checks: [
        { id: 'note', kind: 'file', label: 'A note', path: join(home, 'note'), content: { equals: 'hello' } },
        { id: 'release', kind: 'answer', label: 'The release', source: { from: 'kernel', field: 'release' } },
      ],
      hints: ['A note is a file.'],
      wrong,
    }),
    scripts: {
      setup: hasSetup ? path('setup.sh') : null,
      solve: path('solve.sh'),
      alternatives: [path('alt-later.sh')],
      wrong: wrong.map(({ script, ...stated }) => ({ path: path(script), ...stated })),
    },
  };
}

function faultsOf(proof: ExerciseProof): string[] {
  return proof.trials.flatMap(({ script, steps }) =>
    steps.filter((step) => !step.ok).map((step) => `${script} ${step.name}: ${step.detail}`),
  );
}

test('a sound exercise is proven, each script in a machine of its own', async () => {
  const client = await machines();
  const events: string[] = [];
  const proof = await proofOf({
    client,
    onProgress: (progress) => {
      if (!('trial' in progress)) return;
      const { event, trial, done, total } = progress;
      events.push(`${event} ${trial.kind} ${done}/${total}`);
    },
  });
  expect(faultsOf(proof)).toEqual([]);
  expect(proof.ok).toBe(true);
  expect(client.made).toBe(4);
  expect(proof.trials.map(({ script, steps }) => [script, steps.map((step) => step.name).join(' ')])).toEqual(
    [
      ['solve.sh', 'machine fresh script grade again destroy'],
      ['alt-later.sh', 'machine script grade again destroy'],
      ['wrong-empty.sh', 'machine script grade again destroy'],
      ['wrong-release.sh', 'machine script grade again destroy'],
    ],
  );
  expect(proof.trials[2]!.steps.find((step) => step.name === 'grade')!.detail).toMatch(
    /`.*note` is empty; it should hold `hello`\./,
  );
  expect(events.slice(0, 2)).toEqual(['started solve 0/4', 'ended solve 1/4']);
});

test.each([
  [
    'a set-up runs before each script',
    { setup: 'echo hello > note', scripts: { 'wrong-empty.sh': 'rm note && touch note' } },
    null,
  ],
  [
    'a set-up that fails',
    { setup: 'echo oh no; exit 3' },
    'solve.sh setup: setup.sh ended with exit code 3 and printed at last:\noh no',
  ],
  [
    'a solution that does not solve, with the sentence and what the script printed',
    { scripts: { 'solve.sh': 'answer release "$(uname -r)"; echo tried; false' } },
    /^solve\.sh grade: check `note` does not pass: There is no `.*note` yet\.\nThe script ended with exit code 1 and printed at last:\ntried$/,
  ],
  [
    'a near miss that passes',
    { scripts: { 'wrong-empty.sh': scripts['solve.sh'] } },
    /^wrong-empty\.sh grade: check `note` passes and must not: /,
  ],
  [
    'a near miss that fails for another reason',
    { scripts: { 'wrong-empty.sh': 'echo bye > note' } },
    /^wrong-empty\.sh grade: check `note` fails with another sentence than one with "is empty" in it: `.*note` holds `bye`/,
  ],
  [
    'an answer to a question that there is not',
    { scripts: { 'solve.sh': 'answer note hello' } },
    'solve.sh script: it answers `note`, and the typed answers are: release',
  ],
  [
    'a script that never ends',
    { scripts: { 'solve.sh': 'exec sleep 1000' }, limits: { settleMs: 50, scriptTimeoutMs: 300 } },
    'solve.sh script: did not end within 0.3 s and printed nothing.',
  ],
])('%s', async (_, proving: Proving, expected) => {
  const proof = await proofOf({ limits: { settleMs: 1_500 }, ...proving });
  const [first] = faultsOf(proof);
  if (expected === null) expect(first).toBeUndefined();
  else if (typeof expected === 'string') expect(first).toBe(expected);
  else expect(first).toMatch(expected);
  expect(proof.ok).toBe(expected === null);
});

test('a machine without Docker ends the trial and is destroyed', async () => {
  const client = await machines();
  const { view } = client;
  client.view = async (...look) => ({ ...(await view(...look)), docker: 'stopped' });
  const proof = await proofOf({ client });
  expect(faultsOf(proof)[0]).toBe('solve.sh machine: Docker is stopped in a fresh machine; expected ready');
  expect(proof.trials[0]!.steps.map((step) => step.name)).toEqual(['machine', 'destroy']);
});

test('an abort ends the proof with its reason, and leaves no machine', async () => {
  const client = await machines();
  const abort = new AbortController();
  const proving = proofOf({
    client,
    signal: abort.signal,
    scripts: { 'solve.sh': 'exec sleep 1000' },
    limits: { settleMs: 0 },
    onProgress: () => {
      const { exec } = client;
      client.exec = (...call) => {
        if (call[1].argv[0] === 'bash') queueMicrotask(() => abort.abort(new Error('enough')));
        return exec(...call);
      };
    },
  });
  await expect(proving).rejects.toThrow('enough');
  expect(client.alive.size).toBe(0);
});

test('with mutations each exercise is scored, and what is remembered is not proven again', async () => {
  const kept = new Map<string, unknown>();
  const memory: ProofMemory = {
    recall: async (_, form) => (kept.get(form) as never) ?? null,
    keep: async (_, form, proof) => void kept.set(form, proof),
  };
  const client = await machines();
  const proof = await proofOf({ client, memory, mutations: true, limits: { settleMs: 1_500 } });
  expect(proof.mutations).toMatchObject({ ok: true, score: { killed: 5, percent: 100 }, faults: [] });
  expect(proof.mutations!.mutants.map(({ change, by }) => `${change}: ${by}`)).toEqual([
    'drop echo hello > note: note',
    'path note -> note-other: note',
    'drop answer release "$(uname -r)": release',
    'drop uname -r: release',
    'drop flag -r: release',
  ]);
  const { made } = client;
  const again = await proofOf({ client, memory, mutations: true });
  expect(again).toMatchObject({ ok: true, recalled: true, mutations: { ok: true, recalled: true } });
  expect(client.made).toBe(made);
});

test('what is not proven is neither kept nor changed', async () => {
  const kept: string[] = [];
  const memory: ProofMemory = {
    recall: async () => null,
    keep: async (_, form) => void kept.push(form),
  };
  const proof = await proofOf({
    memory,
    mutations: true,
    scripts: { 'wrong-empty.sh': scripts['solve.sh'] },
    limits: { settleMs: 1_500 },
  });
  expect(proof.ok).toBe(false);
  expect(proof.mutations).toBeUndefined();
  expect(kept).toEqual([]);
});

test('an exercise with a change that no check notices is not proven, though its scripts are and are kept', async () => {
  const kept: string[] = [];
  const memory: ProofMemory = {
    recall: async () => null,
    keep: async (_, form) => void kept.push(form),
  };
  const proof = await proofOf({
    memory,
    mutations: true,
    scripts: { 'solve.sh': `${scripts['solve.sh']}\ntouch besides\n` },
    limits: { settleMs: 1_500 },
  });
  expect(faultsOf(proof)).toEqual([]);
  expect(proof.mutations).toMatchObject({ ok: false, score: { survived: 1 } });
  expect(proof.ok).toBe(false);
  expect(kept).toEqual(['scripts']);
});
