import { CodedError } from '../../protocol/errors.ts';
import { dataOption, defineCommand } from '../command.ts';
import { layoutFrom } from '../option-value.ts';
import { accessRunning } from '../sandbox-server-access.ts';
import { attachToTerminal } from '../terminal-session.ts';

export const command = defineCommand({
  summary: 'open a terminal in a machine',
  usage: 'ID [--data DIR]',
  options: dataOption,
  details: 'A shell of its own, as the learner has; exit ends it, and its exit status is this command’s.',
  positionals: { min: 1, max: 1 },
  needsRoot: true,
  async run({ values, positionals }) {
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      const message =
        'standard input and output are no terminal; needed: both. For a single command: chrootcamp sandbox run';
      throw new CodedError('USAGE', message);
    }
    await using access = accessRunning(layoutFrom(values));
    return attachToTerminal({ client: access.client, sandboxId: positionals[0]! });
  },
});
