/** Runs a host program to its end. Never through a shell. */
import { spawn } from 'node:child_process';

export class CommandError extends Error {
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(command: string, exitCode: number | null, stderr: string) {
    super(`${command} ended with ${exitCode ?? 'a signal'}: ${stderr.trim().slice(-2000)}`);
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

export interface CommandOptions {
  /** Written to standard input. */
  input?: string;
  env?: NodeJS.ProcessEnv;
  /** File descriptors given as standard output and error instead of being collected. */
  outputFd?: number;
  /** Ends the program by SIGKILL; the promise then rejects once it is gone. */
  signal?: AbortSignal | undefined;
}

const maxCollectedBytes = 1024 * 1024;

/** Standard output, at most 1 MiB. Rejects with `CommandError` on a status other than 0. */
export function runCommand(file: string, args: string[], options: CommandOptions = {}): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const output = options.outputFd ?? 'pipe';
  const child = spawn(file, args, {
    stdio: [options.input === undefined ? 'ignore' : 'pipe', output, output],
    // What a program says when it fails is read by us too.
    env: options.env ?? { ...process.env, LC_ALL: 'C' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (stdout.length < maxCollectedBytes) stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < maxCollectedBytes) stderr += text;
  });
  const kill = (): void => void child.kill('SIGKILL');
  options.signal?.addEventListener('abort', kill, { once: true });
  if (options.signal?.aborted) kill();
  child.once('error', reject);
  child.once('close', (code) => {
    options.signal?.removeEventListener('abort', kill);
    if (code === 0) resolve(stdout);
    else reject(new CommandError([file, ...args].join(' ').slice(0, 200), code, stderr || stdout));
  });
  if (options.input !== undefined) child.stdin?.end(options.input);
  return promise;
}
