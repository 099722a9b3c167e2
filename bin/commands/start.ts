import { CodedError } from '../../protocol/errors.ts';
import { courseSourceOf } from '../../host/course-source.ts';
import { enterInstance } from '../../host/instance/claim.ts';
import type { Layout } from '../../host/layout.ts';
import { watchSources } from '../../host/supervisor/dev-watch.ts';
import { urlOf } from '../../host/supervisor/plan.ts';
import { readRecord } from '../../host/supervisor/record.ts';
import type { Supervisor } from '../../host/supervisor/supervisor.ts';
import { addressFrom, addressOptions } from '../address.ts';
import { bringUp } from '../bring-up.ts';
import { readCourseConfig } from '../course-config.ts';
import { contentDirFrom, contentOption } from '../course-content.ts';
import { dataOption, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';

export const command = defineCommand({
  summary: 'set up what is missing, and run the course',
  usage: '[--port PORT] [--host ADDRESS] [--data DIR] [--course DIR] [--config FILE] [--detach] [--dev]',
  options: {
    ...addressOptions,
    ...dataOption,
    ...contentOption,
    config: {
      type: 'string',
      value: 'FILE',
      help: 'limits, lifetimes and more, as docs/operating.md has it (default: config.yaml in the data directory)',
    },
    detach: { type: 'boolean', help: 'return when the course answers; it runs on in the background' },
    dev: {
      type: 'boolean',
      help: 'for authors: what is edited shows at once, and pages show what checks do',
    },
  },
  details: `
The first start installs Debian packages and builds the learners' machine, which takes some minutes; later ones take
seconds. It can be interrupted at any time: the same command goes on where it was.
Ctrl-C, or chrootcamp stop, ends the course; what learners made is kept.`,
  needsRoot: true,
  async run({ values }, { signal }) {
    const address = addressFrom(values);
    const layout = layoutFrom(values);
    const config = readCourseConfig(layout, values.config);
    const dir = values.course === undefined ? undefined : contentDirFrom(values);
    const course = courseSourceOf(dir, { live: values.dev });
    const lock = enterInstance(layout);
    if (!lock) return alreadyRunning(layout, values);
    const { dev, detach } = values;
    const supervisor = await bringUp({ layout, config, course, lock, ...address, dev, detach, signal });
    if (supervisor === null) announce(urlOf(address), true);
    else await superviseUntilStopped(supervisor, { signal, url: urlOf(address) });
    return exitCodes.ok;
  },
});

async function superviseUntilStopped(
  supervisor: Supervisor,
  { signal, url }: { signal: AbortSignal; url: string },
): Promise<void> {
  await using _watch = await watchSources(supervisor);
  announce(url, false);
  const stop = () => {
    process.stdout.write('\nStopping; what learners made is kept.\n');
    // Whether it succeeded is told by `stopped`.
    supervisor.stop().catch(() => undefined);
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  await supervisor.stopped;
  process.stdout.write('Stopped.\n');
}

function alreadyRunning(
  layout: Layout,
  asked: { host: string | undefined; port: string | undefined },
): number {
  const record = readRecord(layout);
  const pid = record?.supervisor.pid ?? 'unknown';
  const address = record?.address;
  const other =
    (asked.port !== undefined && Number(asked.port) !== address?.port) ||
    (asked.host !== undefined && asked.host !== address?.host);
  if (!record || !address || record.phase !== 'running' || other) {
    const phase =
      record?.phase === 'running' ? `runs at ${address?.url}` : `is ${record?.phase ?? 'being started'}`;
    const message = `the course in ${layout.dataDir} ${phase} already (process ${pid}). To start it otherwise, first: chrootcamp stop --data ${layout.dataDir}. For a second one beside it, choose another directory and port: --data DIR --port PORT`;
    throw new CodedError('ALREADY_RUNNING', message);
  }
  process.stdout.write(`The course runs already (process ${pid}).\n`);
  announce(address.url, true);
  return exitCodes.ok;
}

function announce(url: string, detached: boolean): void {
  const words = `The course is at  ${url}`;
  const line = '─'.repeat(words.length + 4);
  const end = detached ? 'chrootcamp stop ends it.' : 'Ctrl-C ends it.';
  const bold = process.stdout.isTTY ? `\u001b[1m${words}\u001b[22m` : words;
  process.stdout.write(`\n┌${line}┐\n│  ${bold}  │\n└${line}┘\n${end}\n`);
}
