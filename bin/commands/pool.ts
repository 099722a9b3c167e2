import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { poolWords } from '../pool-words.ts';
import { accessRunning } from '../sandbox-server-access.ts';

export const command = defineCommand({
  summary: 'say how many machines stand ready',
  usage: '[--data DIR] [--json]',
  options: { ...dataOption, ...jsonOption },
  details: 'A learner who is given one of these has a prompt at once, and Docker in it.',
  needsRoot: true,
  async run({ values }) {
    await using access = accessRunning(layoutFrom(values));
    const pool = await access.client.pool();
    process.stdout.write(values.json ? `${JSON.stringify(pool)}\n` : poolWords(pool));
    return exitCodes.ok;
  },
});
