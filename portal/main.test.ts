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
