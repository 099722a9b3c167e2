/** The detached supervisor's process: `node main.ts PLAN.json`, its lock on `detachedLockFd`, an IPC channel to whoever asked. */
import { readFileSync } from 'node:fs';
import { FileLock } from '../file-lock.ts';
import { detachedLockFd } from './detached.ts';
import type { DetachedMessage } from './detached.ts';
import { watchSources } from './dev-watch.ts';
import type { CoursePlan } from './plan.ts';
import { Supervisor } from './supervisor.ts';

// Written by ourselves a moment ago, into a directory only root may write to.
const plan = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as CoursePlan;
using _lock = FileLock.adopt(detachedLockFd);
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => ending.abort(new Error(`ended by ${signal}`)));
}

const tell = (message: DetachedMessage) => {
  if (process.connected) process.send!(message, () => process.disconnect?.());
};
try {
  const supervisor = await Supervisor.start(plan, { signal: ending.signal });
  await using _watch = await watchSources(supervisor);
  ending.signal.addEventListener('abort', () => void supervisor.stop());
  tell({ ready: true });
  await supervisor.stopped;
} catch (error) {
  console.error(error);
  tell({ ready: false, message: (error as Error).message });
  process.exitCode = 1;
}
