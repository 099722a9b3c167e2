/** For tests: the command as it is typed in a shell, and a data directory of the test's own beside the built machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = path.join(import.meta.dirname, 'chrootcamp');

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface Typed {
  child: ReturnType<typeof spawn>;
  /** Resolves when standard output or error holds the words. */
  said(words: string): Promise<void>;
  ended: Promise<Outcome>;
}

export function type(arguments_: string[], options: { input?: string } = {}): Typed {
  const child = spawn(program, arguments_, { stdio: ['pipe', 'pipe', 'pipe'] });
  const outcome: Outcome = { status: null, stdout: '', stderr: '' };
  const waiting: { words: string; resolve: () => void; reject: (error: Error) => void }[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      outcome[stream] += text;
      for (const { words, resolve } of waiting) if (outcome[stream].includes(words)) resolve();
    });
  }
  child.stdin.end(options.input ?? '');
  const ended = once(child, 'close').then(([status]) => {
    outcome.status = status as number | null;
    const told = `it ended with ${outcome.status}: ${outcome.stdout}${outcome.stderr}`;
    for (const { words, reject } of waiting) reject(new Error(`"${words}" was not said; ${told}`));
    return outcome;
  });
  const said = (words: string) =>
    new Promise<void>((resolve, reject) => {
      if (`${outcome.stdout}${outcome.stderr}`.includes(words)) resolve();
      else waiting.push({ words, resolve, reject });
    });
  return { child, said, ended };
}

export function run(...arguments_: string[]): Promise<Outcome> {
  return type(arguments_).ended;
}

/** Its machine is the tests' one, built once. */
export function makeDataDir(): { dataDir: string } & Disposable {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'chrootcamp-data-'));
  const machine = path.join(process.env.CHROOTCAMP_TEST_DATA ?? '/var/lib/chrootcamp-test', 'machine');
  mkdirSync(machine, { recursive: true });
  symlinkSync(machine, path.join(dataDir, 'machine'));
  return { dataDir, [Symbol.dispose]: () => rmSync(dataDir, { recursive: true }) };
}
