import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { accessRunning } from '../sandbox-server-access.ts';
import { table } from '../table.ts';

export const command = defineCommand({
  summary: 'list the machines of the running course',
  usage: '[--data DIR] [--json]',
  options: { ...dataOption, ...jsonOption },
  needsRoot: true,
  async run({ values }) {
    await using access = accessRunning(layoutFrom(values));
    const sandboxes = await access.client.list();
    if (values.json) process.stdout.write(`${JSON.stringify({ sandboxes })}\n`);
    else {
      const rows = sandboxes.map(({ id, status, docker, network, createdAt }) => [
        id,
        status,
        docker,
        network,
        createdAt,
      ]);
      process.stdout.write(table([['ID', 'STATUS', 'DOCKER', 'NETWORK', 'CREATED'], ...rows]));
    }
    return exitCodes.ok;
  },
});
