/** Takes up what an earlier server left. What is wrong with one sandbox costs no other anything, nor the server its start. */
import type { Logger } from 'pino';
import { limitsOf, type Limits } from '../../../protocol/limits.ts';
import type { FoundSandbox } from '../../engine.ts';
import { Boot } from './boot.ts';
import { isLaidReady, removeParts } from './checkpoint/checkpoint-files.ts';
import { thawMount } from './checkpoint/freeze.ts';
import { attachGateway, dismantle, type Parts } from './machine-parts.ts';
import { findRemains, removeForGood, setAside, type RemainsOptions } from './remains.ts';
import type { FoundContainer } from './runtime.ts';
import { newState, readState, type SandboxState } from './state-file.ts';

export interface Recovered {
  state: SandboxState;
  /** Null for a stopped one. */
  boot: Boot | null;
}

export interface RecoveryOptions extends RemainsOptions {
  /** Of a sandbox that has none of its own. */
  limits: Limits;
  partsOf: (id: string) => Parts;
  log: Logger;
}

export interface Recovery {
  found: Recovered[];
  /** Destroyed, but something of them still cannot be ended: their ids stay leased. */
  unended: SandboxState[];
}

export async function recoverSandboxes(options: RecoveryOptions): Promise<Recovery> {
  const { containers, kept, strays } = await findRemains(options);
  const unended: SandboxState[] = [];
  const found = await Promise.all(
    kept.map((id) => recoverOne(options, { id, container: containers.get(id), unended })),
  );
  for (const id of strays) {
    options.log.warn({ id }, 'cleaning up what is left of a sandbox without a state file');
    if (await takeApart(options, id, openBoot(id, containers.get(id)), { discard: true })) continue;
    await keepIds(options, id, unended);
  }
  return { found: found.filter((one) => one !== null), unended };
}

export function describeFound({ state, boot }: Recovered, own: Limits): FoundSandbox {
  const { id, network, createdAt, bootId, pooled } = state;
  const limits = limitsOf(own, state.limits);
  return { id, network, createdAt, bootId, limits, pooled, status: boot === null ? 'stopped' : 'running' };
}

function openBoot(id: string, container: FoundContainer | undefined): Boot | null {
  if (container === undefined) return null;
  try {
    return new Boot({ id, initPid: container.initPid });
  } catch {
    // It ended since the runtime listed it.
    return null;
  }
}

async function recoverOne(
  options: RecoveryOptions,
  { id, container, unended }: { id: string; container: FoundContainer | undefined; unended: SandboxState[] },
): Promise<Recovered | null> {
  const { partsOf, log } = options;
  const { paths } = partsOf(id);
  const boot = openBoot(id, container);
  const state = await readState(paths.stateFile).catch((error: unknown) => {
    log.error({ id, error }, 'a sandbox has no readable state file; setting it aside');
    return null;
  });
  if (state === null) {
    const isGone = await takeApart(options, id, boot, { discard: false });
    // What is mounted of it stays so where it is set aside.
    await setAside(paths);
    if (!isGone) await keepIds(options, id, unended);
    return null;
  }
  if (state.wanted === 'gone') {
    if (await takeApart(options, id, boot, { discard: true })) await removeForGood(paths.state);
    else unended.push(state);
    return null;
  }
  await removeParts(paths);
  const restores = isLaidReady(paths);
  const wanted = state.wanted === 'running' && !restores;
  if (!wanted || boot === null || !boot.isAlive() || container?.started !== true) {
    await takeApart(options, id, boot, { discard: restores });
    return { state, boot: null };
  }
  thawMount(paths.disk);
  if (state.network === 'packages') await reattach(options, state);
  return { state, boot };
}

/** True when nothing is left of it; otherwise the next stop, start or destroy tries again. */
async function takeApart(
  { partsOf, log }: RecoveryOptions,
  id: string,
  boot: Boot | null,
  { discard }: { discard: boolean },
): Promise<boolean> {
  try {
    await dismantle(partsOf(id), boot, { discard });
    return true;
  } catch (error) {
    log.error({ id, error }, 'what is left of a sandbox could not be cleaned up');
    // Nobody has it from here on, and open it would hold the disk.
    boot?.close();
    return false;
  }
}

/** Of one that nothing was written down of, and something still runs in: its ids are nobody else's until that has ended. */
async function keepIds(
  { partsOf, cgroups, log }: RecoveryOptions,
  id: string,
  unended: SandboxState[],
): Promise<void> {
  const firstHostId = await cgroups.ownerOf(partsOf(id).cgroup);
  if (firstHostId === null) log.error({ id }, 'whose ids these are is not to be found out');
  else unended.push({ ...newState({ id, network: 'none', firstHostId, limits: {} }), wanted: 'gone' });
}

/** A sandbox that cannot pull is still a learner's work: no reason to end it, nor the server. */
async function reattach({ partsOf, limits, log }: RecoveryOptions, state: SandboxState): Promise<void> {
  const { id } = state;
  await attachGateway(partsOf(id), limitsOf(limits, state.limits)).catch((error: unknown) => {
    log.error({ id, error }, 'a running sandbox has lost its gateway');
  });
}
