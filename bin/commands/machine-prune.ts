import { readRecord } from '../../machine/build-record.ts';
import { pruneMachines } from '../../machine/prune.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { treesInUse } from '../trees-in-use.ts';
import { machinesText } from './machine-list.ts';

export const command = defineCommand({
  summary: 'delete what was built and is no longer used',
  usage: '[--data DIR] [--json]',
  options: { ...dataOption, ...jsonOption },
  details: 'Keeps the last finished build and every tree that a machine stands on. Prints what it deleted.',
  needsRoot: true,
  async run({ values }) {
    const layout = layoutFrom(values);
    const { machineDir } = layout;
    const keepHash = (await readRecord(machineDir))?.recipes.hash ?? '';
    const deleted = await pruneMachines({ machineDir, keepHash, inUse: treesInUse(layout) });
    if (values.json) process.stdout.write(`${JSON.stringify({ deleted })}\n`);
    else process.stdout.write(deleted.length === 0 ? 'There is nothing to delete.\n' : machinesText(deleted));
    return exitCodes.ok;
  },
});
