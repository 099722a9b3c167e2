import { FileLock } from '../../host/file-lock.ts';
import type { Layout } from '../../host/layout.ts';
import { readRecord } from '../../host/supervisor/record.ts';
import type { SupervisorRecord } from '../../host/supervisor/record.ts';
import { askHealth } from '../../host/wait-healthy.ts';
import { elapsedWords } from '../../host/progress/step.ts';
import type { Health } from '../../protocol/portal-api.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';

/** What `--json` prints. */
export interface Status {
  running: boolean;
  dataDir: string;
  /** The rest only while it runs. */
  phase?: SupervisorRecord['phase'];
  url?: string;
  pid?: number;
  since?: string;
  processes?: { name: string; status: string; pid: number | null; restarts: number }[];
  /** What /healthz says; null with the reason where it does not answer. */
  health?: Health | null;
  reason?: string;
}

export const command = defineCommand({
  summary: 'say whether the course runs, where, and how it is',
  usage: '[--data DIR] [--json]',
  options: { ...dataOption, ...jsonOption },
  details:
    'Exits with 0 when learners can be served, 1 when it runs and they cannot, 3 when it does not run.',
  async run({ values }, { signal }) {
    const status = await readStatus(layoutFrom(values), signal);
    process.stdout.write(values.json ? `${JSON.stringify(status)}\n` : statusText(status));
    if (!status.running) return exitCodes.notRunning;
    return status.health?.status === 'ok' ? exitCodes.ok : exitCodes.failed;
  },
});

async function readStatus(layout: Layout, signal: AbortSignal): Promise<Status> {
  const { dataDir } = layout;
  const record = FileLock.isLocked(layout.lockFile) ? readRecord(layout) : null;
  if (!record) return { running: false, dataDir };
  const processes = record.processes.map(({ name, status, identity, restarts }) => ({
    name,
    status,
    pid: identity?.pid ?? null,
    restarts,
  }));
  const url = record.address?.url ?? '';
  const status: Status = {
    running: true,
    dataDir,
    phase: record.phase,
    url,
    pid: record.supervisor.pid,
    since: record.since,
    processes,
  };
  const answer = await askHealth(url, signal);
  return typeof answer === 'string'
    ? { ...status, health: null, reason: answer }
    : { ...status, health: answer.health };
}

function statusText(status: Status): string {
  if (!status.running) return `No course runs in ${status.dataDir}.\n`;
  const { health, reason, processes = [], since = '', url, phase, pid } = status;
  const up = elapsedWords(Date.now() - Date.parse(since));
  const lines = [`The course in ${status.dataDir} is ${phase} at ${url} since ${up} (process ${pid}).`];
  for (const { name, status: state, pid: own, restarts } of processes) {
    const again = restarts > 0 ? `, restarted ${restarts} times` : '';
    lines.push(`  ${name.padEnd(16)} ${state}${own === null ? '' : `, process ${own}`}${again}`);
  }
  if (health) {
    const { warm, running, stopped, unended } = health.sandboxes;
    const why = health.reason === undefined ? '' : `: ${health.reason}`;
    lines.push(`  ${'health'.padEnd(16)} ${health.status}${why}`);
    lines.push(
      `  ${'machines'.padEnd(16)} ${warm} ready to be given out, ${running} running, ${stopped} stopped`,
    );
    if (unended > 0) {
      const what = `${unended} destroyed, but held by this kernel: a disk does not answer; they are tried again`;
      lines.push(`  ${''.padEnd(16)} ${what}`);
    }
  } else {
    lines.push(`  ${'health'.padEnd(16)} no answer: ${reason}`);
  }
  return `${lines.join('\n')}\n`;
}
