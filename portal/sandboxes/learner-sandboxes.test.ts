import { expect, test } from 'vitest';
import { PortalFixture } from '../portal.fixture.ts';

test('a machine is made once, however often it is asked for at once', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  const gate = Promise.withResolvers<void>();
  portal.server.createGate = gate.promise;
  const asked = [
    browser.post('/api/sandbox'),
    browser.post('/api/sandbox'),
    browser.post('/api/sandbox/reset'),
  ];
  await expect.poll(() => portal.server.requests).toContain('POST /v1/sandboxes');
  expect((await browser.get('/api/me')).json.sandbox.status).toBe('starting');
  gate.resolve();
  for (const answer of await Promise.all(asked)) {
    expect(answer.json).toEqual({
      status: 'running',
      docker: 'ready',
      bootId: `${portal.server.sandbox.id}-1`,
    });
  }
  expect(portal.server.sandboxes.size).toBe(1);
  expect((await browser.post('/api/sandbox')).json.bootId).toBe(`${portal.server.sandbox.id}-1`);
});

test('two learners have two machines', async () => {
  const portal = await PortalFixture.start();
  const states = [];
  for (const browser of [await portal.visit(), await portal.visit()])
    states.push(await browser.post('/api/sandbox'));
  expect(new Set(states.map((state) => state.json.bootId)).size).toBe(2);
});

test('a stopped machine is started, a gone one is made anew', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  const { sandbox } = portal.server;
  sandbox.status = 'stopped';
  expect((await browser.get('/api/me')).json.sandbox).toMatchObject({ status: 'stopped', docker: 'unknown' });
  expect((await browser.post('/api/terminals', { cols: 80, rows: 24 })).json.error.code).toBe(
    'SANDBOX_NOT_RUNNING',
  );
  expect((await browser.post('/api/sandbox')).json).toMatchObject({
    status: 'running',
    bootId: `${sandbox.id}-2`,
  });

  portal.server.sandboxes.delete(sandbox.id);
  expect((await browser.get('/api/me')).json.sandbox.status).toBe('none');
  expect((await browser.post('/api/sandbox')).json.bootId).toBe(`${portal.server.sandbox.id}-1`);
  expect(portal.server.sandbox.id).not.toBe(sandbox.id);
});

test('a machine that was ended for what it did says so', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  Object.assign(portal.server.sandbox, { status: 'stopped', endedFor: 'TOO_MANY_CGROUPS' });
  expect((await browser.get('/api/me')).json.sandbox).toMatchObject({
    status: 'stopped',
    message: expect.stringMatching(/more cgroups than one machine may/),
  });
});

test('a reset leaves nothing of the old machine', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  const old = portal.server.sandbox.id;
  await browser.post('/api/sandbox/reset');
  expect(portal.server.requests).toContain(`DELETE /v1/sandboxes/${old}`);
  expect([...portal.server.sandboxes.keys()]).toEqual([portal.server.sandbox.id]);
  expect(portal.server.sandbox.id).not.toBe(old);
});

test('Docker that was stopped is started again', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  portal.server.sandbox.killDocker();
  const stopped = (await browser.get('/api/me')).json.sandbox;
  expect(stopped).toMatchObject({ docker: 'stopped', message: expect.stringContaining('Docker') });
  expect((await browser.post('/api/sandbox/docker/start')).json).toMatchObject({ docker: 'ready' });
});

test('without a sandbox-server there is a state, and a coded error for who asks for more', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  await portal.server.stop();
  expect((await browser.get('/api/me')).json.sandbox).toMatchObject({ status: 'unavailable' });
  expect((await browser.post('/api/sandbox')).json.error.code).toBe('SANDBOX_SERVER_DOWN');
  await portal.server.start();
  expect((await browser.get('/api/me')).json.sandbox).toMatchObject({ status: 'running' });
});
