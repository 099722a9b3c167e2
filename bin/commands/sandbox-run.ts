import { buffer } from 'node:stream/consumers';
import { networkModes } from '../../protocol/sandbox-api.ts';
import type { ExecExit } from '../../protocol/sandbox-api.ts';
import { CodedError } from '../../protocol/errors.ts';
import { dataOption, defineCommand } from '../command.ts';
import { codeOfSignal, exitCodes } from '../exit-code.ts';
import { integerFrom, layoutFrom, wordFrom } from '../option-value.ts';
import { accessAny } from '../sandbox-server-access.ts';

const longestSeconds = 3_600;

export const command = defineCommand({
  summary: 'run a command in a throwaway machine',
  usage: '[--timeout S] [--network none|packages] [--stdin] [--data DIR] -- CMD...',
  options: {
    timeout: {
      type: 'string',
      value: 'S',
      help: `end CMD after this many seconds (default and at most: ${longestSeconds})`,
    },
    network: {
      type: 'string',
      value: 'MODE',
      help: 'packages: the registry and package sources can be reached (default); none: nothing can',
    },
    stdin: { type: 'boolean', help: 'read standard input to its end first, and give it to CMD' },
    ...dataOption,
  },
  takesRest: true,
  details: `
The machine is made the very way a learner's is, with Docker ready, and nothing of it is left afterwards. Uses the
running course where there is one; otherwise works by itself, and builds the machine first where it is missing.

CMD's exit status is this command's: 124 when --timeout ended it, 128 and the signal's number when a signal did.`,
  needsRoot: true,
  async run({ values, rest }, { signal }) {
    const layout = layoutFrom(values);
    const network = wordFrom('--network', values.network ?? 'packages', networkModes);
    const limits = { min: 1, max: longestSeconds };
    const seconds =
      values.timeout === undefined ? longestSeconds : integerFrom('--timeout', values.timeout, limits);
    const stdin = values.stdin ? (await buffer(process.stdin)).toString('utf8') : undefined;
    await using access = await accessAny(layout, signal);
    const { client } = access;
    signal.throwIfAborted();
    const { id } = await client.create({ network });
    try {
      const view = await client.view(id, { docker: 'wait', signal });
      if (view.docker !== 'ready') {
        const message = `Docker is ${view.docker} in the new machine ${id}; expected it to be ready. The log of the sandbox-server says why`;
        throw new CodedError('DOCKER_NOT_RUNNING', message);
      }
      const request = {
        argv: asTyped(rest!),
        timeoutMs: seconds * 1000,
        ...(stdin === undefined ? {} : { stdin }),
      };
      const exit = await client.exec(id, request, {
        onStdout: (bytes) => process.stdout.write(bytes),
        onStderr: (bytes) => process.stderr.write(bytes),
        signal,
      });
      return statusOf(exit);
    } catch (error) {
      // The client speaks of an abort; the reason tells by what.
      signal.throwIfAborted();
      throw error;
    } finally {
      await client.destroy(id);
    }
  },
});

/** As the learner's own shell would run it: its environment, and its words and status for what cannot be found. */
function asTyped(command: string[]): string[] {
  return ['/bin/bash', '--login', '-c', 'exec "$@"', 'bash', ...command];
}

function statusOf({ exitCode, signal, timedOut }: ExecExit): number {
  if (timedOut) return exitCodes.timedOut;
  return signal === null ? (exitCode ?? exitCodes.failed) : codeOfSignal(signal);
}
