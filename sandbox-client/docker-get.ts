/**
 * GET requests to the Docker API of a sandbox. Who answers has root in there and may have put anything in dockerd's
 * place, so every dimension of an answer is bounded: time, header bytes, body bytes; nothing is followed.
 */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Observation } from '../grader/observer.ts';
import { CodedError } from '../protocol/errors.ts';
import { parseUntrustedJson } from './untrusted-json.ts';
import type { DialSandbox } from './dial.ts';
import { readText } from './request.ts';

export interface DockerGet {
  /** `SandboxClient.dial`. */
  dial: DialSandbox;
  sandboxId: string;
  /** Unversioned, with its query: dockerd then speaks its newest version. */
  path: string;
  signal?: AbortSignal | undefined;
}

export const dockerSocketPath = '/run/docker.sock';
const maxHeaderBytes = 16 * 1024;
/** `GET /images/json` of hundreds of images is well below one. */
const maxBodyBytes = 4 * 1024 * 1024;
const headersTimeoutMs = 2_000;
const overallTimeoutMs = 4_000;

const name = String.raw`[A-Za-z0-9][\w.%:@/-]*`;
const allowedPath = new RegExp(
  String.raw`^/(_ping|version|info|system/df|events` +
    String.raw`|containers/json|containers/${name}/(json|top|stats|changes)` +
    String.raw`|images/json|images/${name}/(json|history)|volumes(/${name})?|networks(/${name})?)` +
    String.raw`(\?[\w=&%.,:~+*-]*)?$`,
);

/** JSON of the answer; null for 404. */
export async function getDockerJson(get: DockerGet): Promise<Observation<unknown>> {
  const answer = await getDockerText(get);
  if (!answer.ok || answer.value === null) return answer;
  try {
    return { ok: true, value: parseUntrustedJson(answer.value) };
  } catch {
    return unreadable('Docker answered with something that is not JSON');
  }
}

/** Text of the answer; null for 404. Rejects only when `signal` fires. */
export async function getDockerText(get: DockerGet): Promise<Observation<string | null>> {
  if (!allowedPath.test(get.path) || get.path.includes('..')) {
    return unreadable(`\`${get.path.slice(0, 80)}\` is not a place of the Docker API that may be looked at`);
  }
  const deadline = AbortSignal.timeout(overallTimeoutMs);
  const signal = get.signal ? AbortSignal.any([get.signal, deadline]) : deadline;
  try {
    const answer = await readAnswer(await openDockerAnswer({ ...get, signal }));
    // An answer without a length that is cut off by us ends like a whole one.
    get.signal?.throwIfAborted();
    return deadline.aborted ? unreadable('Docker did not answer in time') : answer;
  } catch (error) {
    get.signal?.throwIfAborted();
    return explain(error, deadline.aborted);
  }
}

/** The answer's head has arrived; its body still streams and ends with `signal`. */
export async function openDockerAnswer({
  dial,
  sandboxId,
  path,
  signal,
}: DockerGet): Promise<IncomingMessage> {
  const socket = await dial(sandboxId, dockerSocketPath, { timeoutMs: headersTimeoutMs, signal });
  try {
    return await sendGet({ socket, path, signal });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function sendGet({ socket, path, signal }: { socket: Socket } & Pick<DockerGet, 'path' | 'signal'>) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request({
      method: 'GET',
      path,
      headers: { host: 'docker', connection: 'close' },
      createConnection: () => socket,
      maxHeaderSize: maxHeaderBytes,
      ...(signal && { signal }),
    });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new UnusableAnswer('Docker did not answer in time')),
      headersTimeoutMs,
    );
    outgoing.on('error', fail);
    outgoing.on('upgrade', () => fail(new UnusableAnswer('Docker wanted another protocol')));
    outgoing.on('response', (answer) => {
      clearTimeout(timer);
      // The connection is ours alone: once the answer is done, read or not, it ends.
      answer.once('close', () => socket.destroy());
      resolve(answer);
    });
    outgoing.end();
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Observation<string | null>> {
  const status = answer.statusCode ?? 0;
  if (status !== 200) {
    answer.destroy();
    return status === 404
      ? { ok: true, value: null }
      : unreadable(`Docker answered with an error (${status})`);
  }
  return { ok: true, value: await readText(answer, maxBodyBytes) };
}

class UnusableAnswer extends Error {}

/** `docker-down` where no one listens or the connection just ends; what answers nonsense is `unreadable`. */
function explain(error: unknown, late: boolean): Observation<never> {
  if (error instanceof UnusableAnswer) return unreadable(error.message);
  if (late) return unreadable('Docker did not answer in time');
  if (error instanceof RangeError) return unreadable('Docker answered with more than can be read');
  if (error instanceof CodedError) return explainCoded(error);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code.startsWith('HPE_')) return unreadable('Docker answered with something that is not HTTP');
  return dockerDown();
}

function explainCoded(error: CodedError): Observation<never> {
  if (error.code === 'DOCKER_NOT_RUNNING' || error.code === 'NOT_FOUND') return dockerDown();
  if (error.code === 'SANDBOX_NOT_RUNNING') return unreadable('your machine is not running');
  if (error.code === 'SANDBOX_GONE') return unreadable('your machine no longer exists');
  if (error.code === 'SANDBOX_SERVER_DOWN') return unreadable('the part that runs machines is restarting');
  return unreadable('Docker could not be asked');
}

function dockerDown(): Observation<never> {
  return { ok: false, why: 'docker-down', reason: 'Docker is not running in your machine' };
}

function unreadable(reason: string): Observation<never> {
  return { ok: false, why: 'unreadable', reason };
}
