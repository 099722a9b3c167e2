import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CodedError } from '../../protocol/errors.ts';

let known: Promise<string> | undefined;

/** The npm registry this machine is configured with, without a slash at its end. Asked of npm once a process. */
export function npmRegistry(): Promise<string> {
  known ??= askNpm();
  return known;
}

async function askNpm(): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry']).catch(
    (cause: unknown) => {
      throw new CodedError(
        'HOST_UNSUITABLE',
        'npm could not be run to learn which registry this machine uses. Install it: apt-get install npm.',
        { cause },
      );
    },
  );
  return stdout.trim().replace(/\/+$/, '');
}
