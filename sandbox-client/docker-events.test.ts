import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { SandboxClient } from './client.ts';
import { followDockerEvents } from './docker-events.ts';
import { dockerSaying, startPeer } from './peer.fixture.ts';

const head = 'HTTP/1.1 200 OK\r\n\r\n';
const event = (action: string): string => JSON.stringify({ Type: 'container', Action: action, timeNano: 5 });

async function following(docker: (connection: Duplex) => void, signal?: AbortSignal) {
  const peer = await startPeer((_request, answer) => void answer.writeHead(500).end(), { docker });
  onTestFinished(() => peer[Symbol.asyncDispose]());
  const client = new SandboxClient({ socketPath: peer.socketPath });
  return followDockerEvents({ client, sandboxId: 'abcdefghijkl', sinceMs: 1_500, signal });
}

test('events come as they happen, however they are cut', async () => {
  let asked = '';
  let connection: Duplex | undefined;
  const events = await following((opened) => {
    connection = opened;
    opened.once('data', (data: Buffer) => {
      asked = data.toString().split('\r\n')[0] ?? '';
      opened.write(`${head}${event('create')}\n${event('sta').slice(0, 9)}`);
    });
  });
  expect((await events.next()).value).toMatchObject({ action: 'create', timeNano: 5n });
  expect(asked).toBe('GET /events?since=1.500 HTTP/1.1');
  connection?.write(`${event('sta').slice(9)}\nnot json\n${event('die')}\n`);
  expect((await events.next()).value).toMatchObject({ action: 'sta' });
  expect((await events.next()).value).toMatchObject({ action: 'die' });
  connection?.destroy();
  expect(await events.next()).toEqual({ value: undefined, done: true });
});

test('an abort ends the wait', async () => {
  const controller = new AbortController();
  const events = await following(dockerSaying(head, { keepOpen: true }), controller.signal);
  const next = events.next();
  controller.abort(new Error('the page was closed'));
  await expect(next).rejects.toThrow('the page was closed');
});

test('a Docker that is not there is DOCKER_NOT_RUNNING', async () => {
  const events = await following((connection) => void connection.destroy());
  await expect(events.next()).rejects.toMatchObject({ code: 'DOCKER_NOT_RUNNING' });
});

test.each([
  ['a line without end', `${head}${'x'.repeat(70_000)}`],
  ['another status', 'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n'],
])('%s is COULD_NOT_LOOK', async (_name, answer) => {
  const events = await following(dockerSaying(answer, { keepOpen: true }));
  await expect(events.next()).rejects.toMatchObject({ code: 'COULD_NOT_LOOK' });
});
