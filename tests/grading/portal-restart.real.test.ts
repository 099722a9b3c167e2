/** Docker forgets all but its last 256 events; a learner's evidence outlives that, and the portal it was told to. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { courseOnDisk, jailYaml } from '../../course/course.fixture.ts';
import { Browser } from '../../portal/browser.fixture.ts';
import { parseConfig } from '../../portal/config.ts';
import { createLog } from '../../portal/log.ts';
import { startPortal } from '../../portal/portal.ts';
import type { ExerciseState } from '../../protocol/portal-api.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

const exercise = 'before-docker/chroot/a-jail';
const exerciseYaml = `title: A container that ran
task: Have a container that goes when it ends, and that ended with 42.
checks:
  - id: ran
    kind: docker-event
    label: It ran and ended so
    type: container
    action: die
    image: busybox
    exitCode: 42
hints: [Look at the options of docker run.]
wrong:
  - { script: wrong-plain.sh, fails: ran, says: not }
  - { script: wrong-mode.sh, fails: ran, says: not }
`;

test('a container that ran is known to the next portal, 300 events later', async () => {
  await using server = await RunningSandboxServer.start();
  await using course = await courseOnDisk({ [jailYaml]: exerciseYaml });
  const directory = await mkdtemp(join(tmpdir(), 'restart-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(join(directory, 'site'));
  for (const name of ['index.html', '404.html']) {
    await writeFile(join(directory, 'site', name), '<!doctype html><title>Here</title>');
  }
  const config = parseConfig(
    {
      port: 0,
      dataDir: join(directory, 'data'),
      sandboxServerSocket: server.socketPath,
      siteDir: join(directory, 'site'),
      contentDir: course.contentDir,
      logLevel: 'silent',
    },
    'the test',
  );
  let port = 0;
  const browser = new Browser(() => `http://127.0.0.1:${port}`);
  const launch = async () => {
    const portal = await startPortal(config, createLog('silent'));
    ({ port } = portal);
    return portal;
  };
  /** As an open page is told; the page stays open while `work` is done. */
  const whilePageIsOpen = async (status: string, work: () => Promise<void>): Promise<void> => {
    const left = new AbortController();
    const seen = Promise.withResolvers<void>();
    const page = (async () => {
      for await (const { event, data } of browser.events('before-docker/chroot', left.signal)) {
        if (event === 'exercise' && data.verdicts[0]?.status === status) seen.resolve();
      }
    })().catch(seen.reject);
    await work();
    await seen.promise;
    left.abort();
    await page;
  };

  let sandboxId = '';
  {
    await using _first = await launch();
    await browser.get('/api/me');
    await browser.post('/api/sandbox');
    sandboxId = (await server.client.list())[0]?.id ?? '';
    await server.client.view(sandboxId, { docker: 'wait' });
    await whilePageIsOpen('pass', async () => {
      await server.run(sandboxId, 'docker run --rm busybox sh -c "exit 42"');
    });
    const flood =
      'for i in $(seq 150); do docker volume create v$i; done; docker volume rm $(docker volume ls -q)';
    const { exitCode } = await server.run(sandboxId, `${flood} >/dev/null`);
    expect(exitCode).toBe(0);
  }
  const { output } = await server.run(sandboxId, 'docker events --since 1 --until 0s --filter event=die');
  expect(output).toBe('');
  await using _second = await launch();
  const answer = await browser.post(`/api/exercises/${exercise}/check`);
  expect((answer.json as ExerciseState).verdicts).toMatchObject([{ checkId: 'ran', status: 'pass' }]);
}, 120_000);
