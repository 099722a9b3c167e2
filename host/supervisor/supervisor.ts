/** Both processes of a course, kept running until they are told to stop. */
import { mkdirSync, rmSync, chownSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { writeJsonAtomically } from '../atomic-file.ts';
import { clearRuntime } from '../instance/clear-runtime.ts';
import { identifyProcess } from '../process-identity.ts';
import { openControlServer } from './control.ts';
import type { ControlServer } from './control.ts';
import { LogFile } from './log-file.ts';
import { portalProcess, sandboxServerProcess } from './plan.ts';
import type { CoursePlan } from './plan.ts';
import { writeRecord } from './record.ts';
import { endSandboxes, shutdownGraceMs, shutDownSandboxServer } from './sandbox-server-shutdown.ts';
import { SupervisedProcess } from './supervised-process.ts';

const portalGraceMs = 10_000;

export class Supervisor {
  readonly plan: CoursePlan;
  readonly #logs: LogFile[];
  readonly #since = new Date().toISOString();
  readonly #stopped = Promise.withResolvers<void>();
  readonly sandboxServer: SupervisedProcess;
  readonly portal: SupervisedProcess;
  #control: ControlServer | null = null;
  #stopping: Promise<void> | null = null;

  private constructor(plan: CoursePlan) {
    this.plan = plan;
    const { logsDir } = plan.layout;
    const [serverLog, portalLog] = ['sandbox-server', 'portal'].map(
      (name) => new LogFile(path.join(logsDir, `${name}.log`)),
    ) as [LogFile, LogFile];
    this.#logs = [serverLog, portalLog];
    const onChange = () => this.#record(this.#stopping ? 'stopping' : 'running');
    this.sandboxServer = new SupervisedProcess({
      plan: sandboxServerProcess(plan.layout),
      log: serverLog,
      onChange,
    });
    this.portal = new SupervisedProcess({ plan: portalProcess(plan), log: portalLog, onChange });
  }

  /**
   * Starts both and resolves when both are ready; otherwise stops what ran and rejects. Whoever calls holds the
   * instance's lock and keeps it until `stopped` is settled.
   */
  static async start(plan: CoursePlan, { signal }: { signal: AbortSignal }): Promise<Supervisor> {
    prepare(plan);
    const supervisor = new Supervisor(plan);
    // Nobody need wait for it; `stop` gives its callers the same error.
    supervisor.stopped.catch(() => undefined);
    const interrupted = Promise.withResolvers<never>();
    const onAbort = () => interrupted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      supervisor.#control = await openControlServer(plan.layout, () => supervisor.stop());
      await Promise.race([supervisor.sandboxServer.start(), interrupted.promise]);
      await Promise.race([supervisor.portal.start(), interrupted.promise]);
    } catch (error) {
      try {
        await supervisor.stop();
      } catch (later) {
        throw new AggregateError([error, later], (error as Error).message);
      }
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    return supervisor;
  }

  /** Settles when everything has been stopped, by whomever. */
  get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  /**
   * Ends the portal, then the sandboxes (their disks are kept) and their server, and removes the runtime directory.
   * Rejects where something is left. Idempotent.
   */
  stop(): Promise<void> {
    if (!this.#stopping) {
      this.#stopping = this.#stop();
      // Whoever asked for it over the control socket is answered first: closing waits for that.
      const closed = this.#stopping.finally(() => this.#control?.[Symbol.asyncDispose]());
      closed.then(this.#stopped.resolve, this.#stopped.reject);
    }
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { layout } = this.plan;
    await this.portal.stop({ graceMs: portalGraceMs });
    const ready = this.sandboxServer.state.status === 'ready';
    const ask = () => shutDownSandboxServer(layout.sandboxServerSocket);
    const gentle = await this.sandboxServer.stop({ graceMs: shutdownGraceMs, ...(ready ? { ask } : {}) });
    // It had died, or was killed for taking too long: its sandboxes live, and only a server can end them in order.
    if (this.sandboxServer.hasBeenReady && (!ready || !gentle)) await endSandboxes(layout);
    for (const log of this.#logs) log[Symbol.dispose]();
    rmSync(layout.recordFile, { force: true });
    clearRuntime(layout.runtimeDir);
  }

  #record(phase: 'running' | 'stopping'): void {
    const { layout, url, portal } = this.plan;
    writeRecord(layout, {
      phase,
      supervisor: identifyProcess(process.pid)!,
      since: this.#since,
      address: { url, host: portal.host, port: portal.port },
      processes: [this.sandboxServer, this.portal].map((one) => one.state),
    });
  }
}

/** Directories and configuration files, each readable by whom it is for. */
function prepare({ layout, portalUser, sandboxServer, portal }: CoursePlan): void {
  const { gid } = portalUser;
  for (const directory of [layout.portalAppMount, layout.portalDataMount, layout.sandboxRuntimeDir]) {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
  }
  mkdirSync(layout.portalSocketDir, { recursive: true });
  chownSync(layout.portalSocketDir, 0, gid);
  chmodSync(layout.portalSocketDir, 0o750);
  mkdirSync(layout.sandboxesDir, { recursive: true, mode: 0o700 });
  mkdirSync(layout.portalDir, { recursive: true });
  chownSync(layout.portalDir, portalUser.uid, gid);
  chmodSync(layout.portalDir, 0o700);
  writeJsonAtomically(layout.sandboxServerConfigFile, sandboxServer, { mode: 0o600 });
  writeJsonAtomically(layout.portalConfigFile, portal, { mode: 0o640, gid });
}
