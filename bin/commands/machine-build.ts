import { buildMachine } from '../../machine/build.ts';
import { runSteps } from '../../host/progress/run-steps.ts';
import type { BuiltMachine } from '../../machine/build.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { buildWords, prepareHost, preparePackages } from '../preparation.ts';
import { defaultAddress } from '../address.ts';

export const command = defineCommand({
  summary: 'build the machine’s tree and the course images',
  usage: '[--data DIR] [--force] [--json]',
  options: {
    ...dataOption,
    force: { type: 'boolean', help: 'build everything anew' },
    ...jsonOption,
  },
  details: 'Builds only what a changed recipe affects; chrootcamp start does the same.',
  needsRoot: true,
  async run({ values }, { signal }) {
    const layout = layoutFrom(values);
    const to = values.json ? 'stderr' : 'stdout';
    await preparePackages('run', { signal, to });
    await prepareHost({ layout, ...defaultAddress }, { skip: ['port', 'memory'] });
    let machine: BuiltMachine | undefined;
    const title = 'The machine';
    const run = async (context: { onStep: (words: string) => void; signal: AbortSignal }) => {
      machine = await buildMachine({
        machineDir: layout.machineDir,
        force: values.force,
        signal: context.signal,
        onStep: (event) => {
          const words = buildWords(event);
          if (words !== null) context.onStep(words);
        },
      });
    };
    await runSteps([{ title, run }], { signal, to });
    if (values.json) process.stdout.write(`${JSON.stringify(machine)}\n`);
    else process.stdout.write(`Machine ${machine!.hash} in ${machine!.treePath}\n`);
    return exitCodes.ok;
  },
});
