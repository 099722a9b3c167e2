/** `start --detach`: the supervisor as a process of its own. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../protocol/errors.ts';
import { writeJsonAtomically } from '../atomic-file.ts';
import type { FileLock } from '../file-lock.ts';
import { nodePath } from '../repository.ts';
import type { CoursePlan } from './plan.ts';

/** What the detached process tells the one that started it. */
export type DetachedMessage = { ready: true } | { ready: false; message: string };

/** Descriptor on which the detached process finds the instance's lock. */
export const detachedLockFd = 4;

/** Starts it, gives it the lock as well, and resolves when both processes of the course are ready. */
export async function startDetached(options: {
  plan: CoursePlan;
  lock: FileLock;
  signal: AbortSignal;
}): Promise<void> {
  const { plan, lock, signal } = options;
  const { layout } = plan;
  writeJsonAtomically(layout.supervisorPlanFile, plan, { mode: 0o600 });
  mkdirSync(layout.logsDir, { recursive: true, mode: 0o750 });
  const logFile = path.join(layout.logsDir, 'supervisor.log');
  const log = openSync(logFile, 'a', 0o640);
  const main = path.join(import.meta.dirname, 'main.ts');
  const child = spawn(nodePath, ['--no-warnings', main, layout.supervisorPlanFile], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log, 'ipc', lock.fd],
  });
  closeSync(log);
  const onAbort = () => child.kill('SIGTERM');
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const answer = await new Promise<DetachedMessage>((resolve, reject) => {
      child.once('error', reject);
      child.once('message', (message) => resolve(message as DetachedMessage));
      child.once('exit', (code, killedBy) => {
        const words = lastLines(logFile);
        resolve({ ready: false, message: `the supervisor ended (${killedBy ?? code}): ${words}` });
      });
    });
    signal.throwIfAborted();
    if (!answer.ready) throw new CodedError('INTERNAL', answer.message);
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (child.connected) child.disconnect();
    child.unref();
  }
}

function lastLines(file: string): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.slice(-5).join('\n');
}
