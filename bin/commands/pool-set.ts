import { maxPoolSize } from '../../protocol/capacity.ts';
import { dataOption, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { integerFrom, layoutFrom } from '../option-value.ts';
import { poolWords } from '../pool-words.ts';
import { accessRunning } from '../sandbox-server-access.ts';

export const command = defineCommand({
  summary: 'keep so many machines ready',
  usage: 'N|default [--data DIR]',
  options: dataOption,
  details: `
Before a class of thirty: chrootcamp pool set 30. They are made one after the other in the background, a little more than
a second each, and slower while learners work. It holds until it is set again, also over a restart; default goes back to
what config.yaml says. How many this computer carries: chrootcamp capacity.`,
  positionals: { min: 1, max: 1 },
  needsRoot: true,
  async run({ values, positionals }) {
    const [word = ''] = positionals;
    const size = word === 'default' ? null : integerFrom('N', word, { min: 0, max: maxPoolSize });
    await using access = accessRunning(layoutFrom(values));
    process.stdout.write(poolWords(await access.client.resizePool(size)));
    return exitCodes.ok;
  },
});
