import { maxPoolSize } from '../../protocol/capacity.ts';
import { dataOption, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { integerFrom, layoutFrom } from '../option-value.ts';
import { poolFilling } from '../pool-filling.ts';
import { poolWords } from '../pool-words.ts';
import { accessRunning } from '../sandbox-server-access.ts';

export const command = defineCommand({
  summary: 'keep so many machines ready',
  usage: 'N|default [--wait] [--data DIR]',
  options: {
    wait: { type: 'boolean', help: 'say how it gets on until all stand ready; exit 1 where they cannot' },
    ...dataOption,
  },
  details: `
Before a class of thirty: chrootcamp pool set 30. They are made one after the other in the background, a little more than
a second each, and slower while learners work. It holds until it is set again, also over a restart; default goes back to
what config.yaml says. How many this computer carries: chrootcamp capacity.`,
  positionals: { min: 1, max: 1 },
  needsRoot: true,
  async run({ values, positionals }, { signal }) {
    const [word = ''] = positionals;
    const size = word === 'default' ? null : integerFrom('N', word, { min: 0, max: maxPoolSize });
    await using access = accessRunning(layoutFrom(values));
    const { client } = access;
    let pool = await client.resizePool(size);
    if (!values.wait) {
      process.stdout.write(poolWords(pool));
      return exitCodes.ok;
    }
    for await (pool of poolFilling({ look: () => client.pool(), signal }))
      process.stdout.write(poolWords(pool));
    return pool.ready < pool.size ? exitCodes.failed : exitCodes.ok;
  },
});
