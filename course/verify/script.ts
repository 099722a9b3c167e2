import { readFile } from 'node:fs/promises';
import type { ExecExit } from '../../protocol/sandbox-api.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';

/** What running a script needs of the sandbox-client. */
export type ScriptClient = Pick<SandboxClient, 'exec' | 'readFile'>;

export interface RunScript {
  client: ScriptClient;
  sandboxId: string;
  /** The script's text. */
  text: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** In the machine, not among what exercises are about. */
  scratchDir?: string;
  cwd?: string;
}

export interface ScriptRun {
  exit: ExecExit;
  /** The end of what it printed, both streams. */
  output: string;
  /** Typed with `answer`, by check id; the last one counts. */
  answers: Map<string, string>;
}

const maxOutputBytes = 64 * 1024;

/**
 * Runs a script as the learner's shell would. It lies in a file of a neutral name, so that neither its text nor its name
 * shows in any process's arguments, and writes to a file, so that what it leaves in the background holds no pipe of ours.
 */
export async function runScript(options: RunScript): Promise<ScriptRun> {
  const { client, sandboxId, text, timeoutMs, signal, scratchDir = '/run/chrootcamp-verify' } = options;
  const put = `mkdir -p "$1" && rm -f "$1"/* && cat > "$1/script"`;
  const placed = await client.exec(
    sandboxId,
    { argv: ['sh', '-c', put, 'sh', scratchDir], stdin: withAnswerCommand(text, scratchDir), timeoutMs },
    { signal },
  );
  if (placed.exitCode !== 0)
    return { exit: placed, output: 'the script could not be written', answers: new Map() };
  const run = `exec bash "$1/script" > "$1/output" 2>&1 < /dev/null`;
  const exit = await client.exec(
    sandboxId,
    { argv: ['bash', '-c', run, 'bash', scratchDir], cwd: options.cwd ?? '/root', timeoutMs },
    { signal },
  );
  const read = async (name: string): Promise<Buffer> => {
    const path = `${scratchDir}/${name}`;
    const view = await client.readFile(sandboxId, { path, maxBytes: maxOutputBytes, signal });
    return Buffer.from(view.content ?? '', 'base64');
  };
  const [output, answers] = await Promise.all([read('output'), read('answers')]);
  return {
    exit,
    output: lastLines(output.toString('utf8')),
    answers: parseAnswers(answers.toString('utf8')),
  };
}

/** `runScript` of a file of the course. */
export async function runScriptFile({
  path,
  ...options
}: Omit<RunScript, 'text'> & { path: string }): Promise<ScriptRun> {
  return runScript({ ...options, text: await readFile(path, 'utf8') });
}

/** On the script's own first line, so that bash's messages keep its line numbers. */
function withAnswerCommand(text: string, scratchDir: string): string {
  const command = `answer() { local check=$1; shift; printf '%s\\0%s\\0' "$check" "$*" >> '${scratchDir}/answers'; }`;
  return `${command}; export -f answer; ${text}`;
}

/** Pairs of check id and text, each ended by a NUL. */
function parseAnswers(text: string): Map<string, string> {
  const parts = text.split('\0');
  const answers = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) answers.set(parts[index]!, parts[index + 1]!);
  return answers;
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-20).join('\n');
}
