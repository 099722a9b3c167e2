import { expect, test } from 'vitest';
import { exerciseId, secondExerciseId } from '../portal.fixture.ts';
import { LessonPage, withMachine } from '../grading/lesson-page.fixture.ts';

const file = { outcome: 'found', type: 'file', mode: 0o755, uid: 0, gid: 0, sizeBytes: 3 } as const;
const containerId = 'c0ffee'.padEnd(64, '0');

async function withLesson() {
  const machine = await withMachine({ second: true });
  const page = new LessonPage(machine.browser);
  const takenAt = (id: string) => page.starts.get(id)?.takenAt ?? null;
  await page.until(() => expect([takenAt(exerciseId), takenAt(secondExerciseId)]).not.toContain(null));
  const restart = (id: string) => machine.browser.post(`/api/exercises/${id}/restart`);
  /** Does the first exercise. */
  const finishFirst = async () => {
    machine.sandbox.files.set('/srv/jail/bin/sh', file);
    const answer = { checkId: 'kernel', answer: '6.1.0' };
    await machine.browser.post(`/api/exercises/${exerciseId}/answer`, answer);
  };
  return { ...machine, page, takenAt, restart, finishFirst };
}

test("opening a lesson keeps one start for all its exercises; doing one keeps the next one's", async () => {
  const { page, sandbox, takenAt, finishFirst } = await withLesson();
  expect(sandbox.checkpoints).toHaveLength(1);
  expect(takenAt(exerciseId)).toBe(takenAt(secondExerciseId));
  const first = takenAt(exerciseId);
  await finishFirst();
  await page.until(() => expect(takenAt(secondExerciseId)).not.toBe(first));
  expect(takenAt(exerciseId)).toBe(first);
  expect(sandbox.checkpoints).toHaveLength(2);
});

test('an exercise that is undone and done again moves no start', async () => {
  const { page, browser, sandbox, takenAt, finishFirst } = await withLesson();
  await finishFirst();
  await page.until(() => expect(sandbox.checkpoints).toHaveLength(2));
  await page.until(() => expect(takenAt(secondExerciseId)).not.toBe(takenAt(exerciseId)));
  const before = takenAt(secondExerciseId);
  sandbox.files.clear();
  await browser.post(`/api/exercises/${exerciseId}/check`);
  await finishFirst();
  await browser.post(`/api/exercises/${exerciseId}/check`);
  expect([takenAt(secondExerciseId), sandbox.checkpoints.length]).toEqual([before, 2]);
});

test('going back starts what ran then, and undoes what came after', async () => {
  const { page, sandbox, takenAt, restart, finishFirst, portal } = await withLesson();
  await finishFirst();
  await page.until(() => expect(takenAt(secondExerciseId)).not.toBe(takenAt(exerciseId)));
  const [kept, later] = sandbox.checkpoints;
  sandbox.files.clear();
  const answer = await restart(exerciseId);
  expect(answer.json).toMatchObject({
    sandbox: { status: 'running', docker: 'ready', bootId: `${sandbox.id}-2` },
    takenAt: takenAt(exerciseId),
    lostContainers: 0,
  });
  expect(portal.server.requests).toContain(`POST /v1/sandboxes/${sandbox.id}/checkpoints/${kept}/restore`);
  expect(portal.server.requests).toContain(`DELETE /v1/sandboxes/${sandbox.id}/checkpoints/${later}`);
  await page.until(() => expect(takenAt(secondExerciseId)).toBe(takenAt(exerciseId)));
  // Done anew it is a new start for the next.
  await finishFirst();
  await page.until(() => expect(takenAt(secondExerciseId)).not.toBe(takenAt(exerciseId)));
});

test.each([
  ['DISK_TOO_SMALL', /disk of the server is too full.*Nothing of yours is lost: try again later/],
  ['SANDBOX_STUCK', /does not come to its end/],
] as const)(
  'a going back that is refused with %s is told, and the machine is what it was',
  async (code, words) => {
    const { page, portal, sandbox, takenAt, restart } = await withLesson();
    const before = takenAt(exerciseId);
    portal.server.restoreFault = code;
    const refused = await restart(exerciseId);
    expect(refused.json.error).toMatchObject({ code, learner: expect.stringMatching(words) });
    await page.until(() =>
      expect(page.sandbox).toMatchObject({ status: 'running', bootId: `${sandbox.id}-1` }),
    );
    expect(takenAt(exerciseId)).toBe(before);
    // It can be tried again.
    portal.server.restoreFault = null;
    expect((await restart(exerciseId)).json).toMatchObject({ sandbox: { status: 'running' } });
  },
);

test('containers that ran are started again; those that cannot be are counted', async () => {
  const machine = await withMachine({ second: true });
  machine.sandbox.dockerAnswers.set('/containers/json', [{ Id: containerId }, { Id: '; reboot' }, null]);
  const page = new LessonPage(machine.browser);
  await page.until(() => expect(page.starts.get(exerciseId)?.takenAt).toBeTruthy());
  machine.sandbox.dockerAnswers.set('/containers/json', []);
  const answer = await machine.browser.post(`/api/exercises/${exerciseId}/restart`);
  expect(machine.sandbox.commands).toContain(`docker start ${containerId}`);
  expect(answer.json.lostContainers).toBe(1);
});

test('a start that made room for others is said, and cannot be gone back to', async () => {
  const machine = await withMachine({ second: true });
  machine.sandbox.mostCheckpoints = 1;
  const page = new LessonPage(machine.browser);
  await page.until(() => expect(page.starts.get(exerciseId)?.takenAt).toBeTruthy());
  machine.sandbox.files.set('/srv/jail/bin/sh', file);
  const answer = { checkId: 'kernel', answer: '6.1.0' };
  await machine.browser.post(`/api/exercises/${exerciseId}/answer`, answer);
  await page.until(() => expect(page.starts.get(exerciseId)?.takenAt).toBeNull());
  expect(page.starts.get(exerciseId)?.fault).toMatch(/make room/);
  const refused = await machine.browser.post(`/api/exercises/${exerciseId}/restart`);
  expect(refused.json.error.code).toBe('CHECKPOINT_GONE');
});

test.each([
  ['DISK_TOO_SMALL', /the server has no disk to spare\. All else works/],
  ['CHECKPOINT_FAILED', /could not be kept\. All else works/],
] as const)('%s is told to the learner', async (code, words) => {
  const machine = await withMachine({ second: true });
  machine.portal.server.checkpointFault = code;
  const page = new LessonPage(machine.browser);
  await page.until(() => expect(page.starts.get(exerciseId)?.fault).toMatch(words));
  expect(page.starts.get(exerciseId)?.takenAt).toBeNull();
});

test('it waits for the set-up scripts', async () => {
  const machine = await withMachine({ setUp: true, second: true });
  const gate = Promise.withResolvers<void>();
  machine.sandbox.commandGate = gate.promise;
  const page = new LessonPage(machine.browser);
  await page.until(() => expect(machine.sandbox.commands).not.toEqual([]));
  await machine.browser.post(`/api/exercises/${secondExerciseId}/check`);
  expect(machine.sandbox.checkpoints).toEqual([]);
  gate.resolve();
  await page.until(() => expect(page.starts.get(secondExerciseId)?.takenAt).toBeTruthy());
  expect(machine.sandbox.checkpoints).toHaveLength(1);
});

test('a stopped machine is resumed before it goes back', async () => {
  const { sandbox, restart } = await withLesson();
  sandbox.status = 'stopped';
  expect((await restart(exerciseId)).json.error.code).toBe('SANDBOX_NOT_RUNNING');
});

test('a fresh machine has starts of its own, and nobody has those of another', async () => {
  const { page, portal, browser, sandbox, takenAt, restart } = await withLesson();
  const old = takenAt(exerciseId);
  await browser.post('/api/sandbox/reset');
  await page.until(() => expect(portal.server.sandbox.checkpoints).toHaveLength(1));
  expect(portal.server.sandbox.id).not.toBe(sandbox.id);
  await page.until(() => expect([null, old]).not.toContain(takenAt(exerciseId)));
  const other = await portal.visit();
  expect((await other.post(`/api/exercises/${exerciseId}/restart`)).json.error.code).toBe('CHECKPOINT_GONE');
  expect((await restart(exerciseId)).status).toBe(200);
});
