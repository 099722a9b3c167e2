import { listMachines } from '../../machine/list.ts';
import type { MachineEntry } from '../../machine/list.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { table } from '../table.ts';

export const command = defineCommand({
  summary: 'list what has been built',
  usage: '[--data DIR] [--json]',
  options: { ...dataOption, ...jsonOption },
  needsRoot: true,
  async run({ values }) {
    const machines = await listMachines({ machineDir: layoutFrom(values).machineDir });
    process.stdout.write(values.json ? `${JSON.stringify({ machines })}\n` : machinesText(machines));
    return exitCodes.ok;
  },
});

export function machinesText(machines: readonly MachineEntry[]): string {
  if (machines.length === 0)
    return 'Nothing has been built yet; chrootcamp start does, or chrootcamp machine build.\n';
  const rows = machines.map(({ kind, name, hash, state, current, sizeBytes, builtAt }) => [
    name === undefined ? kind : `${kind} ${name}`,
    hash,
    current ? 'current' : state,
    `${Math.round(sizeBytes / 1024 ** 2)} MB`,
    builtAt,
  ]);
  return table([['WHAT', 'RECIPE', 'STATE', 'SIZE', 'BUILT'], ...rows]);
}
