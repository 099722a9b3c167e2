import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { SandboxClient } from './client.ts';
import { createObserver } from './observer.ts';
import { dockerSaying, jsonAnswer, startPeer } from './peer.fixture.ts';

async function observing(docker: (connection: Duplex) => void, finished = onTestFinished) {
  const peer = await startPeer((_request, answer) => void answer.writeHead(500).end(), { docker });
  finished(() => peer[Symbol.asyncDispose]());
  return createObserver({
    client: new SandboxClient({ socketPath: peer.socketPath }),
    sandboxId: 'abcdefghijkl',
  });
}

test('asks Docker and parses its answer', async () => {
  let asked = '';
  const observer = await observing((connection) => {
    connection.once('data', (data: Buffer) => {
      asked = data.toString().split('\r\n')[0] ?? '';
      connection.end(jsonAnswer('[{"Id":"1"}]'));
    });
  });
  expect(await observer.docker('/containers/json?all=1')).toEqual({ ok: true, value: [{ Id: '1' }] });
  expect(asked).toBe('GET /containers/json?all=1 HTTP/1.1');
});

test('404 is null', async () => {
  const observer = await observing(dockerSaying('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'));
  expect(await observer.docker('/containers/web/json')).toEqual({ ok: true, value: null });
});

test.each([
  '/exec/1/json',
  '/containers/../x/json',
  '/containers/a b/json',
  '/info\r\nX: y',
  '/v1.45/info',
  'info',
])('%j is not asked', async (path) => {
  const observer = await observing((connection) => void connection.destroy());
  expect(await observer.docker(path)).toMatchObject({ ok: false, why: 'unreadable' });
});

test.each([
  '/images/busybox%3Alatest/json',
  '/images/library/busybox:latest/json',
  '/networks/bridge',
  '/info',
])('%j may be asked', async (path) => {
  const observer = await observing(dockerSaying(jsonAnswer('{}')));
  expect(await observer.docker(path)).toEqual({ ok: true, value: {} });
});

const endless = 'HTTP/1.1 200 OK\r\n\r\n';
const unreadable: [string, string, (connection: Duplex) => void][] = [
  ['an endless body', 'more than can be read', (to) => void to.once('data', () => pour(to, endless, 'x'))],
  [
    'endless headers',
    'not HTTP',
    (to) => void to.once('data', () => pour(to, 'HTTP/1.1 200 OK\r\n', 'a: b\r\n')),
  ],
  ['no answer at all', 'in time', () => {}],
  [
    'an answer that never ends',
    'in time',
    dockerSaying('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1', { keepOpen: true }),
  ],
  ['another protocol', 'not HTTP', dockerSaying('SSH-2.0-OpenSSH_9\r\n')],
  [
    '101 and junk',
    'another protocol',
    dockerSaying('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: junk\r\n\r\n\0\xff'),
  ],
  ['text that is not JSON', 'not JSON', dockerSaying(jsonAnswer('{"Id":'))],
  ['absurd nesting', 'not JSON', dockerSaying(jsonAnswer(`"__proto__"${'['.repeat(1_000_000)}`))],
  [
    'a redirect',
    'an error (302)',
    dockerSaying('HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n'),
  ],
];

test.concurrent.for(unreadable)(
  '%s is unreadable',
  async ([, reason, docker], { expect, onTestFinished }) => {
    const observer = await observing(docker, onTestFinished);
    expect(await observer.docker('/info')).toEqual({
      ok: false,
      why: 'unreadable',
      reason: expect.stringContaining(reason),
    });
  },
);

test('a Docker that hangs up is down', async () => {
  const observer = await observing((connection) => void connection.destroy());
  expect(await observer.docker('/info')).toMatchObject({ ok: false, why: 'docker-down' });
  expect(await observer.dockerEvents()).toMatchObject({ ok: false, why: 'docker-down' });
});

test('nothing a learner sends reaches a prototype', async () => {
  const observer = await observing(
    dockerSaying(jsonAnswer('{"a":{"__proto__":{"x":1}},"\\u005f_proto__":{"x":1}}')),
  );
  const answer = await observer.docker('/info');
  expect(answer).toEqual({ ok: true, value: { a: {} } });
  expect(Object.keys((answer as { value: object }).value)).toEqual(['a']);
});

test('events are read with their whole time, nonsense between them passed over', async () => {
  const line = {
    Type: 'container',
    Action: 'die',
    Actor: { ID: 'c1', Attributes: { image: 'busybox', exitCode: '0' } },
  };
  const text = [
    JSON.stringify(line).replace(/}$/, ',"timeNano":1764000000123456789}'),
    'nonsense',
    '{"Type":1}',
    '{"Type":"container","Action":"start","Actor":{"Attributes":{"n":5,"__proto__":"x"}},"timeNano":1e99}',
    '',
  ].join('\n');
  const observer = await observing(dockerSaying(jsonAnswer(text)));
  expect(await observer.dockerEvents()).toEqual({
    ok: true,
    value: [
      {
        type: 'container',
        action: 'die',
        actorId: 'c1',
        attributes: { image: 'busybox', exitCode: '0' },
        timeNano: 1764000000123456789n,
      },
      { type: 'container', action: 'start', actorId: '', attributes: {}, timeNano: 0n },
    ],
  });
});

/** Writes `piece` for ever, as fast as it is taken. */
function pour(connection: Duplex, first: string, piece: string): void {
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  connection.write(first);
  const more = (): void => {
    while (!connection.destroyed && connection.write(block));
  };
  connection.on('drain', more);
  more();
}
