import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CodedError } from '../protocol/errors.ts';

export interface CommandOptions {
  argv: readonly [string, ...string[]];
  cwd?: string;
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Each line of standard error, as it comes. */
  onErrorLine?: (line: string) => void;
}

const keptErrorLines = 60;
const maxOutputChars = 8 * 1024 * 1024;

/** Own pid and mount namespaces, which the kernel empties when the process that asked for them is gone. */
const contained = [
  '--pdeathsig',
  'KILL',
  'unshare',
  '--pid',
  '--mount',
  '--fork',
  '--kill-child',
  '--mount-proc',
];

/**
 * Runs a command to its end and answers its standard output. When the signal aborts, or this process itself is killed,
 * the command is killed with all its children, and its mounts vanish. Throws BUILD_FAILED with the last lines of
 * standard error, or, when nothing of it runs any more, the signal's reason. Needs root.
 */
export async function runCommand(options: CommandOptions): Promise<string> {
  const { argv, cwd, env, onErrorLine, signal } = options;
  signal?.throwIfAborted();
  const child = spawn('setpriv', [...contained, ...argv], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  const lastLines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > keptErrorLines) lastLines.shift();
    onErrorLine?.(line);
  });
  try {
    const ended = new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, killedBy) => resolve(killedBy ?? `status ${String(code)}`));
    });
    const [output, ending] = await Promise.all([readText(child.stdout), ended]);
    if (ending === 'status 0') return output;
    signal?.throwIfAborted();
    const said = lastLines.length === 0 ? 'It said nothing.' : `It said last:\n${lastLines.join('\n')}`;
    throw new CodedError('BUILD_FAILED', `${argv[0]} ended with ${ending}, expected status 0. ${said}`);
  } finally {
    signal?.removeEventListener('abort', kill);
  }
}

async function readText(stream: Readable): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    if (text.length < maxOutputChars) text += chunk as string;
  }
  return text;
}
