import { dataOption, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { accessRunning } from '../sandbox-server-access.ts';

export const command = defineCommand({
  summary: 'stop a machine; its disk is kept',
  usage: 'ID... [--destroy] [--data DIR]',
  options: {
    destroy: { type: 'boolean', help: 'delete its disk as well, and with it what the learner made' },
    ...dataOption,
  },
  details: 'Ids are those of chrootcamp sandbox list. The learner’s page offers to start it again.',
  positionals: { min: 1, max: 1_000 },
  needsRoot: true,
  async run({ values, positionals }) {
    await using access = accessRunning(layoutFrom(values));
    for (const id of positionals) {
      if (values.destroy) await access.client.destroy(id);
      else await access.client.stop(id);
      process.stdout.write(`${id} ${values.destroy ? 'is gone' : 'is stopped'}\n`);
    }
    return exitCodes.ok;
  },
});
