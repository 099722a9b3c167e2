/** A sandbox-server of one's own for a short while, beside whatever course runs: `sandbox run`, `course verify`. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Capacity } from '../../protocol/capacity.ts';
import type { Limits } from '../../protocol/limits.ts';
import type { PackageSources } from '../../protocol/package-sources.ts';
import type { RuntimeName } from '../../protocol/runtime.ts';
import { writeJsonAtomically } from '../atomic-file.ts';
import type { FileLock } from '../file-lock.ts';
import { layoutOf } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { identifyProcess } from '../process-identity.ts';
import { endLeftovers } from '../supervisor/leftovers.ts';
import { LogFile } from '../supervisor/log-file.ts';
import { sandboxServerConfig, sandboxServerProcess } from '../supervisor/plan.ts';
import type { BuiltMachinePaths } from '../supervisor/plan.ts';
import { writeRecord } from '../supervisor/record.ts';
import {
  endSandboxes,
  shutdownGraceMs,
  shutDownSandboxServer,
} from '../supervisor/sandbox-server-shutdown.ts';
import { SupervisedProcess } from '../supervisor/supervised-process.ts';
import { ensureSystemUser, networkUserName } from '../system-user.ts';
import { claimInstance, enterInstance, readClaims } from './claim.ts';
import { clearRuntime } from './clear-runtime.ts';

export interface PrivateServerOptions {
  /** Of the course whose machine is used. */
  parent: Layout;
  machine: BuiltMachinePaths;
  packageSources: PackageSources;
  limits: Limits;
  /** None kept warm where absent. */
  capacity?: Partial<Capacity>;
  runtime: RuntimeName;
  signal: AbortSignal;
}

/** Disposing of it ends its sandboxes and removes every file of it. */
export interface PrivateServer extends AsyncDisposable {
  socketPath: string;
}

export async function startPrivateServer(options: PrivateServerOptions): Promise<PrivateServer> {
  const { parent, machine, packageSources, limits, capacity, runtime, signal } = options;
  const layout = layoutOf(path.join(parent.privateDir, randomBytes(4).toString('hex')), parent.runtimeRoot);
  mkdirSync(layout.dataDir, { recursive: true, mode: 0o700 });
  const lock = enterInstance(layout);
  if (!lock) throw new Error(`${layout.runtimeDir}, made a moment ago, is held by somebody else`);
  const log = new LogFile(path.join(layout.logsDir, 'sandbox-server.log'));
  const server = new SupervisedProcess({
    plan: sandboxServerProcess(layout, parent.compileCacheDir),
    log,
    onChange: (state) =>
      writeRecord(layout, {
        phase: 'running',
        supervisor: identifyProcess(process.pid)!,
        since: new Date().toISOString(),
        address: null,
        processes: [state],
      }),
  });
  const dispose = async () => {
    const ready = server.state.status === 'ready';
    const ask = () => shutDownSandboxServer(layout.sandboxServerSocket);
    const gentle = await server.stop({ graceMs: shutdownGraceMs, ...(ready ? { ask } : {}) });
    if (server.hasBeenReady && (!ready || !gentle)) await endSandboxes(layout);
    log[Symbol.dispose]();
    remove(layout, lock);
  };
  try {
    await ensureSystemUser(networkUserName);
    const { idBase } = await claimInstance({ layout, kind: 'private', inUse: false, signal });
    for (const directory of [layout.sandboxesDir, layout.portalSocketDir, layout.sandboxRuntimeDir]) {
      mkdirSync(directory, { mode: 0o755 });
    }
    const own = { layout, machine, packageSources, idBase, socketGid: 0, limits, runtime };
    const config = sandboxServerConfig({ ...own, capacity: { warm: 0, ...capacity }, checkpoints: {} });
    writeJsonAtomically(layout.sandboxServerConfigFile, config, { mode: 0o600 });
    await server.start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return { socketPath: layout.sandboxServerSocket, [Symbol.asyncDispose]: dispose };
}

/** Clears away the private servers of this course whose owners were killed. */
export async function sweepPrivateServers(parent: Layout): Promise<void> {
  for (const claim of readClaims(parent.runtimeRoot, { but: parent.instance, skipDamaged: true })) {
    if (claim.kind !== 'private' || !claim.dataDir.startsWith(`${parent.privateDir}/`)) continue;
    const layout = layoutOf(claim.dataDir, parent.runtimeRoot);
    const lock = enterInstance(layout);
    if (!lock) continue;
    await endLeftovers(layout);
    await endSandboxes(layout);
    remove(layout, lock);
  }
}

function remove(layout: Layout, lock: FileLock): void {
  clearRuntime(layout.runtimeDir);
  rmSync(layout.dataDir, { recursive: true, force: true });
  lock[Symbol.dispose]();
}
