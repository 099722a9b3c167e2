import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { errorCodes } from '../../protocol/errors.ts';
import { PortalFixture, lessonPath } from '../portal.fixture.ts';

test('a first visit makes a learner, who stays the same', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  const first = await browser.get('/api/me');
  const second = await browser.get('/api/me');
  expect(first.json).toEqual({
    learnerId: expect.stringMatching(/^[\w-]{22}$/),
    progress: [],
    sandbox: { status: 'none', docker: 'unknown', bootId: null },
  });
  expect(second.json.learnerId).toBe(first.json.learnerId);
  expect(first.headers.get('set-cookie')).toMatch(
    /^chrootcamp=[\w-]{22}\.[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
  );
});

test('a tampered cookie is a new learner, and no learner elsewhere', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  const { learnerId } = (await browser.get('/api/me')).json;
  const other = await portal.visit();
  other.cookie = browser.cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  expect((await other.get('/api/terminals')).json.error.code).toBe('UNAUTHENTICATED');
  expect((await other.get('/api/me')).json.learnerId).not.toBe(learnerId);
});

test('the cookie is for https only where every public origin is', async () => {
  const portal = await PortalFixture.start({ overrides: { publicOrigins: ['https://course.example.org'] } });
  const answer = await (await portal.visit()).get('/api/me');
  expect(answer.headers.get('set-cookie')).toContain('; Secure');
});

test.each([
  ['none', undefined],
  ['null', 'null'],
  ['another site', 'http://evil.example'],
  ['another port', 'http://127.0.0.1:1'],
  ['one that only begins alike', 'http://127.0.0.1.evil.example'],
])('a change with the Origin of %s is refused', async (_name, origin) => {
  const portal = await PortalFixture.start();
  const { cookie } = await portal.visit();
  const status = await new Promise((resolve, reject) => {
    const headers = { cookie, ...(origin !== undefined && { origin }) };
    const outgoing = request(`${portal.origin}/api/sandbox`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    outgoing.on('error', reject).end();
  });
  expect(status).toBe(errorCodes.FORBIDDEN_ORIGIN.status);
  expect(portal.server.sandboxes.size).toBe(0);
});

test("another origin's page cannot even read", async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  const answer = await browser.get('/api/me', { headers: { 'sec-fetch-site': 'same-site' } });
  expect(answer.json.error.code).toBe('FORBIDDEN_ORIGIN');
});

test.each([
  ['GET', '/api/nothing', {}, 'NOT_FOUND'],
  ['PUT', '/api/sandbox', {}, 'METHOD_NOT_ALLOWED'],
  ['GET', '/api/sandbox', {}, 'METHOD_NOT_ALLOWED'],
  ['GET', '/api/terminals/abcdefghijkl', {}, 'METHOD_NOT_ALLOWED'],
  ['POST', '/', {}, 'METHOD_NOT_ALLOWED'],
  [
    'POST',
    '/api/terminals',
    { body: '{"cols":', headers: { 'content-type': 'application/json' } },
    'BAD_REQUEST',
  ],
  [
    'POST',
    '/api/terminals',
    { body: '{"cols":1}', headers: { 'content-type': 'application/json' } },
    'BAD_REQUEST',
  ],
  [
    'POST',
    '/api/terminals',
    { body: 'cols=1', headers: { 'content-type': 'text/plain' } },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'POST',
    '/api/terminals',
    { body: `"${'x'.repeat(70_000)}"`, headers: { 'content-type': 'application/json' } },
    'BODY_TOO_LARGE',
  ],
  ['GET', '/api/lessons/no/such/events', {}, 'LESSON_UNKNOWN'],
  ['GET', `/api/lessons/${lessonPath}/events?wait=ever`, {}, 'BAD_REQUEST'],
  ['POST', '/api/exercises/no/such/exercise/check', {}, 'EXERCISE_UNKNOWN'],
  ['POST', `/api/exercises/${lessonPath}/a-jail/check`, {}, 'SANDBOX_GONE'],
  ['GET', '/api/%ff', {}, 'BAD_REQUEST'],
] as const)('%s %s %j is %s', async (method, path, init, code) => {
  const portal = await PortalFixture.start();
  const answer = await (await portal.visit()).request(method, path, init);
  expect(answer.json).toEqual({
    error: { code, message: expect.any(String), learner: errorCodes[code].learner },
  });
  expect(answer.status).toBe(errorCodes[code].status);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('every route but the first visit wants a learner', async () => {
  const portal = await PortalFixture.start();
  const stranger = await portal.visit();
  stranger.cookie = '';
  for (const [method, path] of [
    ['POST', '/api/sandbox'],
    ['POST', '/api/sandbox/reset'],
    ['POST', '/api/sandbox/docker/start'],
    ['GET', '/api/terminals'],
    ['POST', '/api/terminals'],
    ['DELETE', '/api/terminals/abcdefghijkl'],
    ['GET', `/api/lessons/${lessonPath}/events`],
    ['POST', `/api/exercises/${lessonPath}/a-jail/check`],
  ] as const) {
    expect((await stranger.request(method, path)).json.error.code, path).toBe('UNAUTHENTICATED');
  }
});

test('a lesson can be followed by answers that end: each has the whole state, and comes when something changed', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  const follow = () => browser.get(`/api/lessons/${lessonPath}/events?wait=poll`);
  const first = follow();
  await browser.post('/api/sandbox');
  // The first answer may have begun, and even ended, on either side of the machine's making.
  let text = (await first).text;
  while (!text.includes('"running"')) text = (await follow()).text;
  expect(text).toMatch(/event: sandbox\ndata: \{/);
  expect(text).toMatch(/event: exercise\ndata: \{/);
});

test('what is no HTTP gets a coded answer, and the portal lives on', async () => {
  const portal = await PortalFixture.start();
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(portal.portal.port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
  });
  expect(answer).toContain('"BAD_REQUEST"');
  expect((await (await portal.visit()).get('/healthz')).status).toBe(200);
});

test('health is that of the whole, metrics are there', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  expect((await browser.get('/healthz')).json).toEqual({
    status: 'ok',
    sandboxes: { warm: 1, running: 0, stopped: 0, unended: 0 },
    uptimeSeconds: expect.any(Number),
  });
  const metrics = await browser.get('/metrics');
  expect(metrics.text).toContain(
    'chrootcamp_http_request_duration_seconds_count{method="GET",route="/api/me",status="200"} 1',
  );
  expect(metrics.text).toContain('chrootcamp_terminal_mirrors 0');
  expect(metrics.text).toContain('chrootcamp_egress_bytes{host="mirror.test",direction="in"} 30');
  expect(metrics.text).toContain('chrootcamp_egress_sandbox_refusals{sandbox="aaaa"} 2');
  await portal.server.stop();
  const failing = await browser.get('/healthz');
  expect(failing.status).toBe(503);
  expect(failing.json).toMatchObject({
    status: 'failing',
    reason: expect.stringContaining('does not answer'),
  });
  await portal.server.start();
});
