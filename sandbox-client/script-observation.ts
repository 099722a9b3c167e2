/** A check's script, run as the machine's root: bounded in time and in what it may print. */
import type { ScriptObservation } from '../grader/observer.ts';
import type { SandboxClient } from './client.ts';

/** Who runs commands in a machine. */
export type ExecClient = Pick<SandboxClient, 'exec'>;

const maxOutputBytes = 16 * 1024;

export async function observeScript(options: {
  client: ExecClient;
  sandboxId: string;
  text: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}): Promise<ScriptObservation> {
  const { client, sandboxId, text, timeoutMs, signal } = options;
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = (chunk: Buffer): void => {
    if (size < maxOutputBytes) chunks.push(chunk);
    size += chunk.length;
  };
  const request = { argv: ['/bin/bash', '-c', text], cwd: '/root', timeoutMs };
  const output = { onStdout: collect, onStderr: collect, ...(signal && { signal }) };
  const { exitCode, timedOut } = await client.exec(sandboxId, request, output);
  const printed = Buffer.concat(chunks).subarray(0, maxOutputBytes).toString('utf8');
  return { exitCode, timedOut, output: printed };
}
