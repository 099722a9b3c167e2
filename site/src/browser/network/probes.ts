import { networkProbes, networkSubprotocol } from '../../../../protocol/network.ts';
import type { Clock } from '../terminal/connection-ports.ts';
import { SseReader } from '../terminal/sse-reader.ts';
import type { Findings, Held } from './findings.ts';

export interface ProbePorts {
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** Of the page's server, by path. */
  openSocket: (path: string, subprotocol: string) => WebSocket;
  clock: Clock;
}

/** For anything to come through. */
const patienceMs = 4_000;
const requests = 5;

/** The middle of several round trips; null where none was answered. */
export async function probeRequests({ fetch, clock }: ProbePorts): Promise<number | null> {
  const times: number[] = [];
  for (let count = 0; count < requests; count += 1) {
    const startMs = clock.nowMs();
    try {
      const { ok } = await fetch('/api/network/echo', { signal: AbortSignal.timeout(patienceMs) });
      if (ok) times.push(clock.nowMs() - startMs);
    } catch {
      // No answer is an answer; where the first gives none, the others are not worth the wait.
      if (count === 0) return null;
    }
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? null;
}

/** Whether events arrive while they are sent: by the time that passes between the first and the last. */
export async function probeStream({ fetch, clock }: ProbePorts): Promise<Findings['stream']['arrived']> {
  const { dripCount, dripMs } = networkProbes;
  const arrivals: number[] = [];
  const waitMs = dripCount * dripMs + patienceMs;
  try {
    const answer = await fetch('/api/network/drip', { signal: AbortSignal.timeout(waitMs) });
    await readEvents(answer, () => arrivals.push(clock.nowMs()));
  } catch {
    // Cut or late: what has arrived by then counts.
  }
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (first === undefined || last === undefined) return 'nothing';
  return last - first >= ((dripCount - 1) * dripMs) / 2 ? 'as-sent' : 'gathered';
}

/** Opens a socket and says a word; what is kept of it goes on being held. */
export async function probeSocket(
  ports: ProbePorts,
): Promise<Omit<Findings['socket'], 'held'> & { socket: WebSocket | null; openedAtMs: number }> {
  const { clock, openSocket } = ports;
  const socket = openSocket('/api/network/socket', networkSubprotocol);
  const wait = <T>(event: string, value: T, otherwise: T): Promise<T> =>
    new Promise((resolve) => {
      const cancel = clock.after(patienceMs, () => resolve(otherwise));
      const end = (result: T) => () => {
        cancel();
        resolve(result);
      };
      socket.addEventListener(event, end(value), { once: true });
      socket.addEventListener('close', end(otherwise), { once: true });
      socket.addEventListener('error', end(otherwise), { once: true });
    });
  const opened = await wait('open', true, false);
  if (!opened) {
    socket.close();
    return { opened, echoed: false, echoMs: null, socket: null, openedAtMs: 0 };
  }
  const startMs = clock.nowMs();
  const echo = wait('message', true, false);
  socket.send('here');
  const echoed = await echo;
  if (!echoed) socket.close();
  return {
    opened,
    echoed,
    echoMs: echoed ? clock.nowMs() - startMs : null,
    socket: echoed ? socket : null,
    openedAtMs: startMs,
  };
}

export interface HoldOptions {
  signal: AbortSignal;
  /** Told every now and then. */
  onOpen: (held: Held) => void;
}

/** Keeps a socket in use until it is cut, or long enough. */
export function holdSocket(
  { clock }: ProbePorts,
  { socket, openedAtMs: startMs }: { socket: WebSocket; openedAtMs: number },
  options: HoldOptions,
): Promise<Held> {
  return new Promise((resolve) => {
    let cancel = (): void => {};
    const finish = (cut: boolean): void => {
      cancel();
      resolve({ openMs: clock.nowMs() - startMs, cut });
      socket.close();
    };
    const beat = (): void => {
      const openMs = clock.nowMs() - startMs;
      if (options.signal.aborted || openMs >= networkProbes.holdMs) return finish(false);
      options.onOpen({ openMs, cut: false });
      socket.send('here');
      cancel = clock.after(networkProbes.holdBeatMs, beat);
    };
    socket.addEventListener('close', () => finish(true), { once: true });
    beat();
  });
}

/** Keeps a stream in use until it is cut, or long enough. */
export async function holdStream(ports: ProbePorts, options: HoldOptions): Promise<Held> {
  const { clock, fetch } = ports;
  const startMs = clock.nowMs();
  try {
    const answer = await fetch('/api/network/hold', { signal: options.signal });
    await readEvents(answer, () => options.onOpen({ openMs: clock.nowMs() - startMs, cut: false }));
  } catch {
    if (options.signal.aborted) return { openMs: clock.nowMs() - startMs, cut: false };
  }
  const openMs = clock.nowMs() - startMs;
  return { openMs, cut: openMs < networkProbes.holdMs - 2 * networkProbes.holdBeatMs };
}

async function readEvents(answer: Response, onEvent: () => void): Promise<void> {
  if (!answer.ok || !answer.body) return;
  const sse = new SseReader();
  const decoder = new TextDecoder();
  const body = answer.body.getReader();
  for (;;) {
    const { done, value } = await body.read();
    if (done) return;
    for (const _event of sse.push(decoder.decode(value, { stream: true }))) onEvent();
  }
}
