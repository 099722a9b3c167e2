import { spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  signal?: AbortSignal;
  /** Every line of both streams, as it comes. */
  onLine?: (line: string) => void;
}

/** How much of its last words a failed command's error quotes. */
const quotedLines = 15;

/**
 * Runs a program to its end; resolves with its standard output. Rejects with an Error quoting the last lines it wrote,
 * or with the signal's reason after its whole process group was ended (it has one of its own: Ctrl-C reaches only us).
 */
export async function runCommand(
  program: string,
  arguments_: string[],
  options: RunOptions = {},
): Promise<string> {
  options.signal?.throwIfAborted();
  const { signal, onLine, ...rest } = options;
  const spawnOptions: SpawnOptions = { ...rest, detached: true, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(program, arguments_, spawnOptions);
  let output = '';
  let last: string[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    let partial = '';
    child[stream]!.setEncoding('utf8').on('data', (text: string) => {
      if (stream === 'stdout') output += text;
      const lines = (partial + text).split(/\r?\n/);
      partial = lines.pop() ?? '';
      last = [...last, ...lines.filter((line) => line.trim() !== '')].slice(-quotedLines);
      for (const line of lines) onLine?.(line);
    });
    child[stream]!.on('end', () => {
      if (partial === '') return;
      last = [...last, partial].slice(-quotedLines);
      onLine?.(partial);
    });
  }
  const end = () => endGroup(child.pid);
  signal?.addEventListener('abort', end, { once: true });
  try {
    const outcome = await new Promise<string | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, killedBy) => {
        resolve(code === 0 ? null : killedBy ? `was ended by ${killedBy}` : `exited with ${code}`);
      });
    });
    signal?.throwIfAborted();
    if (outcome === null) return output;
    throw new Error(`${program} ${outcome}: ${last.length > 0 ? last.join('\n') : 'it said nothing'}`);
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
