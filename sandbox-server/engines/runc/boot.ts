/** One run of a sandbox's processes: from PID 1's start to its end. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openFlags } from './kernel/open-in-root.ts';
import { stuckError } from './stuck.ts';

/**
 * Clock ticks since boot at which a process started: with the pid it names one process for good (proc_pid_stat(5)). Null
 * for what has ended, also where its parent has not reaped it yet.
 */
export function startTicksOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold anything, parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : Number(fields[19]);
  } catch {
    return null;
  }
}

const killTimeoutMs = 5_000;

export class Boot {
  readonly id: string;
  /** Host pid of PID 1. */
  readonly initPid: number;
  /** The sandbox's root directory as PID 1 sees it (O_PATH). Held open, so a reused pid cannot redirect a look. */
  readonly rootFd: number;
  readonly #startTicks: number | null;
  readonly #closing = new AbortController();

  constructor({ id, initPid }: { id: string; initPid: number }) {
    this.id = id;
    this.initPid = initPid;
    this.#startTicks = startTicksOf(initPid);
    this.rootFd = openSync(
      `/proc/${initPid}/root`,
      openFlags.path | openFlags.directory | openFlags.closeOnExec,
    );
  }

  /** For what goes on for as long as it is held: aborted before `rootFd` is closed. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  isAlive(): boolean {
    return (
      !this.closed.aborted && this.#startTicks !== null && startTicksOf(this.initPid) === this.#startTicks
    );
  }

  /** SIGKILL for PID 1: the kernel ends the whole pid namespace with it. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.isAlive()) process.kill(this.initPid, 'SIGKILL');
    for (const deadline = Date.now() + killTimeoutMs; this.isAlive(); await delay(2)) {
      if (Date.now() > deadline) throw stuckError([this.initPid]);
    }
  }

  close(): void {
    if (this.closed.aborted) return;
    this.#closing.abort();
    closeSync(this.rootFd);
  }
}
