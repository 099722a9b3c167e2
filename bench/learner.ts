/** What a learner waits for, measured through the portal of a running course: a prompt, a key's echo, a tick. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchFigure } from '../bin/bench-module.ts';
import { readRecord } from '../host/supervisor/record.ts';
import { CodedError } from '../protocol/errors.ts';
import type { Health, SandboxState } from '../protocol/portal-api.ts';
import { SandboxClient } from '../sandbox-client/client.ts';
import { BrowserSession, type TerminalSession } from './measure/browser-session.ts';
import { percentile } from './measure/percentile.ts';

const learners = 15;
const keys = 40;
const patienceMs = 30_000;
const lesson = 'first-steps/hello-world';

interface Samples {
  prompt: number[];
  echo: number[];
  tick: number[];
}

/** From asking for a machine, with one warm, to a prompt on the wire. */
async function measurePrompt(session: BrowserSession, into: number[]): Promise<TerminalSession> {
  const start = performance.now();
  await session.request<SandboxState>('POST', '/api/sandbox');
  const terminal = await session.openTerminal();
  await terminal.see('root@camp');
  into.push(performance.now() - start);
  return terminal;
}

async function measureEcho(terminal: TerminalSession, into: number[]): Promise<void> {
  for (let key = 0; key < keys; key += 1) {
    const letter = String.fromCharCode(97 + (key % 26));
    const start = performance.now();
    terminal.type(letter);
    await terminal.see(letter);
    into.push(performance.now() - start);
    await delay(5);
  }
  terminal.type('\x03');
  await terminal.see('root@camp');
}

/** From a container's end, as the terminal shows it, to the verdict on the wire. */
async function measureTick(
  session: BrowserSession,
  terminal: TerminalSession,
  into: number[],
): Promise<void> {
  const ended = new AbortController();
  const patience = AbortSignal.timeout(patienceMs);
  const ticked = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  let text = '';
  const following = session.follow(
    lesson,
    (more) => {
      text += more;
      if (text.includes('exit-code')) first.resolve();
      if (/"exerciseId":"[^"]*\/exit-code".*"complete":true/.test(text)) ticked.resolve();
    },
    AbortSignal.any([ended.signal, patience]),
  );
  patience.addEventListener('abort', () =>
    ticked.reject(new Error(`no tick within ${patienceMs} ms: ${text}`)),
  );
  await first.promise;
  terminal.type(
    'docker run --rm -d busybox true >/dev/null; docker run busybox sh -c "exit 42"; echo en""ded\r',
  );
  await terminal.see('ended');
  const start = performance.now();
  await ticked.promise;
  into.push(performance.now() - start);
  ended.abort();
  await following;
}

function figures(name: string, values: number[], reach: { median?: number; p95: number }): BenchFigure[] {
  const median = { name: `${name}, median`, value: percentile(values, 0.5), unit: 'ms' };
  return [
    reach.median === undefined ? median : { ...median, reach: reach.median },
    { name: `${name}, p95`, value: percentile(values, 0.95), unit: 'ms', reach: reach.p95 },
  ];
}

export const bench: Bench = {
  summary: 'a learner: warm click to prompt, key to echo, state change to tick (through a running course)',
  async run({ layout, onStep, signal }) {
    const url = readRecord(layout)?.address?.url;
    if (url === undefined) {
      throw new CodedError(
        'NOT_RUNNING',
        `no course runs in ${layout.dataDir}; start one there: chrootcamp start --data`,
      );
    }
    const samples: Samples = { prompt: [], echo: [], tick: [] };
    const machines = new SandboxClient({ socketPath: layout.sandboxServerSocket });
    const before = new Set((await machines.list()).map(({ id }) => id));
    for (let learner = 0; learner < learners; learner += 1) {
      signal.throwIfAborted();
      onStep(`learner ${learner + 1} of ${learners}`);
      const session = new BrowserSession(url);
      // The pool is refilled in the background; a warm click is one that finds it so.
      while ((await session.request<Health>('GET', '/healthz')).sandboxes.warm === 0)
        await delay(50, undefined, { signal });
      await session.request('GET', '/api/me');
      const terminal = await measurePrompt(session, samples.prompt);
      await measureEcho(terminal, samples.echo);
      await measureTick(session, terminal, samples.tick);
      terminal.close();
      for (const { id } of await machines.list()) if (!before.has(id)) await machines.destroy(id);
    }
    return [
      ...figures('click to prompt, warm, at the server', samples.prompt, { p95: 150 }),
      ...figures('key to echo through portal and sandbox-server', samples.echo, { median: 2, p95: 8 }),
      ...figures('container ended to verdict on the wire', samples.tick, { p95: 500 }),
    ];
  },
};
