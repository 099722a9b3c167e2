import { CodedError } from '../../protocol/errors.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';
import type { SandboxUsage } from '../../protocol/usage.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { accessRunning } from '../sandbox-server-access.ts';
import { sandboxRows } from '../sandbox-rows.ts';
import { table } from '../table.ts';

const gone = new Set<string>(['SANDBOX_GONE', 'SANDBOX_NOT_RUNNING']);

export const command = defineCommand({
  summary: 'list the machines of the running course',
  usage: '[--data DIR] [--json]',
  options: { ...dataOption, ...jsonOption },
  details: `
IDLE: since its learner last typed or opened a page. TIME LEFT: until it will be stopped, after a warning; of a
stopped one, how long its disk is kept. A dash: the portal has not told it yet. With --json also the limits.`,
  needsRoot: true,
  async run({ values }) {
    await using access = accessRunning(layoutFrom(values));
    const sandboxes = await access.client.list();
    const listed = await Promise.all(
      sandboxes.map(async (view) => ({ ...view, usage: await usageOf(access.client, view) })),
    );
    if (values.json) process.stdout.write(`${JSON.stringify({ sandboxes: listed })}\n`);
    else if (listed.length === 0)
      process.stdout.write('No learner has a machine; chrootcamp pool says how many stand ready.\n');
    else process.stdout.write(table(sandboxRows(listed, Date.now())));
    return exitCodes.ok;
  },
});

/** Null also where it ended meanwhile. */
async function usageOf(client: SandboxClient, { id, status }: SandboxView): Promise<SandboxUsage | null> {
  if (status !== 'running') return null;
  try {
    return await client.usage(id);
  } catch (error) {
    if (error instanceof CodedError && gone.has(error.code)) return null;
    throw error;
  }
}
