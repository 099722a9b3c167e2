import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { PortalFixture } from './portal.fixture.ts';

const main = join(import.meta.dirname, 'main.ts');

async function run(config: unknown) {
  const directory = await mkdtemp(join(tmpdir(), 'main-'));
  const path = join(directory, 'portal.json');
  await writeFile(path, JSON.stringify(config));
  const child = spawn(process.execPath, [main, '--config', path], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await rm(directory, { recursive: true });
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { child, errors: () => errors };
}

test('says when it is ready, serves, and ends when asked to, with streams and sockets open', async () => {
  const portal = await PortalFixture.start();
  const { child, errors } = await run({ ...portal.config, dataDir: `${portal.config.dataDir}2` });
  const [line] = await once(createInterface(child.stdout), 'line');
  const ready = JSON.parse(line);
  expect(ready).toEqual({ ready: true, port: expect.any(Number) });

  portal.portal.port = ready.port;
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  const page = browser.terminal(id);
  await page.attach();
  const events = browser.events('before-docker/chroot');
  await events.next();
  child.kill('SIGTERM');
  expect(await page.closed).toBe(1012);
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(errors()).toBe('');
});

test('says what is wrong with its configuration, and that a port is taken', async () => {
  const portal = await PortalFixture.start();
  const broken = await run({ port: 'x' });
  expect(await once(broken.child, 'exit')).toEqual([1, null]);
  expect(broken.errors()).toMatch(/^USAGE: .*not a configuration of the portal/);

  const taken = await run({
    ...portal.config,
    dataDir: `${portal.config.dataDir}2`,
    port: portal.portal.port,
  });
  expect(await once(taken.child, 'exit')).toEqual([1, null]);
  expect(taken.errors()).toMatch(/^PORT_TAKEN: /);
});

test('stopped at any moment of its work it ends at once and well, and has nothing to complain of', async () => {
  const portal = await PortalFixture.start({ setUp: true, second: true });
  for (const afterEvents of [1, 8, 16, 24, 32]) {
    const { child, errors } = await run({
      ...portal.config,
      dataDir: `${portal.config.dataDir}-${afterEvents}`,
      logLevel: 'warn',
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    portal.portal.port = JSON.parse(line).port;
    const exited = once(child, 'exit');
    const busy = await Promise.all(Array.from({ length: 4 }, () => portal.visit()));
    await Promise.all(busy.map((browser) => browser.post('/api/sandbox')));
    // Docker reports without end, some set-up scripts never do.
    const sandboxes = [...portal.server.sandboxes.values()];
    for (const sandbox of sandboxes.slice(2)) sandbox.commandGate = new Promise(() => undefined);
    const flood = setInterval(() => {
      for (const sandbox of sandboxes) sandbox.sayDockerEvent('start');
    }, 1);
    const told = Promise.withResolvers<void>();
    let events = 0;
    const pages = Promise.allSettled(
      busy.map(async (browser) => {
        for await (const _ of browser.events('before-docker/chroot'))
          if ((events += 1) >= afterEvents) told.resolve();
      }),
    );
    await told.promise;
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await pages;
    clearInterval(flood);
    for (const { id } of sandboxes) portal.server.sandboxes.delete(id);
    expect(errors()).toBe('');
  }
}, 60_000);
