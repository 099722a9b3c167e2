import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Attempt = { ok: true; output: string } | { ok: false; reason: string };

/** Tries something for real by running a program; a failure is an answer, in the program's own last words. */
export async function attempt(program: string, arguments_: string[]): Promise<Attempt> {
  try {
    const { stdout } = await promisify(execFile)(program, arguments_, { timeout: 5_000 });
    return { ok: true, output: stdout };
  } catch (error) {
    const { stderr, message, code } = error as { stderr?: string; message: string; code?: string };
    if (code === 'ENOENT') return { ok: false, reason: `there is no program ${program}` };
    const words = (stderr ?? '').trim().split('\n').at(-1);
    return { ok: false, reason: words !== undefined && words !== '' ? words : message };
  }
}
