import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Whether bash would read the script to its end; nothing of it is run. */
export async function bashAccepts(script: string): Promise<boolean> {
  const child = spawn('bash', ['-n'], { stdio: ['pipe', 'ignore', 'ignore'] });
  // bash may have given up on the script before it has all of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(script);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
