/** How a terminal feels: echo, floods, throughput, reconnects, memory; beside ttyd and wetty with the same shell. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Browser } from 'playwright-core';
import type { Bench, BenchContext, BenchFigure } from '../bin/bench-module.ts';
import { readRecord } from '../host/supervisor/record.ts';
import { CodedError, messageOf } from '../protocol/errors.ts';
import { SandboxClient } from '../sandbox-client/client.ts';
import { BrowserSession } from './measure/browser-session.ts';
import { launchBrowser } from './measure/chromium.ts';
import { floodsOf, type Flood } from './measure/floods.ts';
import { measurePainted } from './measure/painted-measures.ts';
import { Rows } from './measure/rows.ts';
import { measureWire } from './measure/wire-measures.ts';
import { fullScreenRecording } from './recording/recording.ts';
import type { RivalOptions } from './rivals/rival-process.ts';
import { chrootcampContender } from './wire/chrootcamp.ts';
import { ttydContender } from './wire/ttyd.ts';
import { wettyContender } from './wire/wetty.ts';
import type { TerminalContender } from './wire/wire.ts';

const recordingPath = '/root/.bench-screen';
const recordingTimes = 40;
const rivals = { ttyd: ttydContender, wetty: wettyContender };

interface MeasureOptions extends Pick<BenchContext, 'onStep' | 'onNote' | 'signal'> {
  floods: readonly Flood[];
  closeAll: () => Promise<void>;
}

async function measure(
  contender: TerminalContender,
  browser: Browser | null,
  { floods, closeAll, ...options }: MeasureOptions,
): Promise<BenchFigure[]> {
  const isOurs = contender.name === 'chrootcamp';
  const rows = new Rows({ contender: contender.name, ...options });
  try {
    await measureWire(contender, { floods, rows, isOurs });
    await closeAll();
    if (browser) await measurePainted(contender, browser, { floods, rows, isOurs });
  } catch (error) {
    options.signal.throwIfAborted();
    options.onNote(`${contender.name} was not measured whole: ${messageOf(error)}`);
  }
  return rows.figures;
}

async function measureRivals(
  options: RivalOptions & { floods: readonly Flood[] },
  browser: Browser | null,
  { onStep, onNote, signal }: BenchContext,
): Promise<BenchFigure[]> {
  const figures: BenchFigure[] = [];
  for (const [name, start] of Object.entries(rivals)) {
    onStep(`${name}: fetched or found`);
    let contender: TerminalContender | null = null;
    try {
      contender = await start(options);
      const { floods } = options;
      const closeAll = async (): Promise<void> => {};
      figures.push(...(await measure(contender, browser, { floods, closeAll, onStep, onNote, signal })));
    } catch (error) {
      signal.throwIfAborted();
      onNote(`${name} was not measured: ${messageOf(error)}`);
    } finally {
      await contender?.stop();
    }
  }
  return figures;
}

/** A program that is a learner's shell in that machine, as the engine itself starts it. */
function shellProgram(directory: string, context: BenchContext, sandboxId: string): string {
  const config = JSON.parse(readFileSync(context.layout.sandboxServerConfigFile, 'utf8')) as {
    runtimeDir: string;
    runtime?: string;
  };
  const shell = join(directory, 'shell');
  const runtime = `${config.runtime ?? 'runc'} --root ${join(config.runtimeDir, 'oci')}`;
  writeFileSync(shell, `#!/bin/sh\nexec ${runtime} exec --tty --cwd /root ${sandboxId} /bin/bash --login\n`);
  chmodSync(shell, 0o700);
  return shell;
}

export const bench: Bench = {
  summary:
    'terminals: echo, floods, throughput, reconnect, memory; beside ttyd and wetty (through a running course)',
  async run(context) {
    const { layout, signal } = context;
    const processes = readRecord(layout);
    const url = processes?.address?.url?.replace(/\/$/, '');
    if (url === undefined) {
      throw new CodedError(
        'NOT_RUNNING',
        `no course runs in ${layout.dataDir}; start one there: chrootcamp start --data`,
      );
    }
    const machines = new SandboxClient({ socketPath: layout.sandboxServerSocket });
    const before = new Set((await machines.list()).map(({ id }) => id));
    const session = new BrowserSession(url);
    await session.request('GET', '/api/me');
    await session.request('POST', '/api/sandbox');
    const directory = mkdtempSync(join(tmpdir(), 'camp-bench-'));
    const browser = await launchBrowser(context);
    const own = (await machines.list()).filter(({ id }) => !before.has(id)).map(({ id }) => id);
    try {
      const sandboxId = await sandboxOf(machines, own, session);
      const recording = fullScreenRecording(recordingTimes);
      const floods = floodsOf(recordingPath, recording);
      const input = Readable.from([recording]);
      await machines.feed(sandboxId, { argv: ['/bin/sh', '-c', `cat > ${recordingPath}`] }, { input });
      const contender = chrootcampContender({
        session,
        url,
        serverPids: () => readRecord(layout)?.processes.flatMap(({ identity }) => identity?.pid ?? []) ?? [],
      });
      const closeAll = async (): Promise<void> => {
        const { terminals } = await session.request<{ terminals: { id: string }[] }>('GET', '/api/terminals');
        for (const { id } of terminals) await session.request('DELETE', `/api/terminals/${id}`);
      };
      const figures = await measure(contender, browser, { ...context, floods, closeAll });
      await closeAll();
      const shell = shellProgram(directory, context, sandboxId);
      const cache = join(layout.dataDir, 'bench-rivals');
      const options = { directory: cache, shell, signal, floods };
      return [...figures, ...(await measureRivals(options, browser, context))];
    } finally {
      await browser?.close();
      for (const { id } of await machines.list()) if (own.includes(id)) await machines.destroy(id);
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

/** Of the new machines the one that this learner's terminal is in: the pool may have made another meanwhile. */
async function sandboxOf(machines: SandboxClient, own: string[], session: BrowserSession): Promise<string> {
  const { id } = await session.request<{ id: string }>('POST', '/api/terminals', { cols: 80, rows: 24 });
  for (const sandboxId of [...own, ...(await machines.list()).map((one) => one.id)]) {
    if ((await machines.listTerminals(sandboxId)).some((terminal) => terminal.id === id)) {
      await session.request('DELETE', `/api/terminals/${id}`);
      if (!own.includes(sandboxId)) own.push(sandboxId);
      return sandboxId;
    }
  }
  throw new Error('the machine of this learner cannot be found');
}
