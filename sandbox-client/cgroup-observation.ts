/** A cgroup's files, of either version, as limits that mean the same. */
import type { CgroupObservation } from '../grader/observer.ts';
import type { RawCgroup } from '../protocol/sandbox-looks.ts';

/** From here on v1 means "unlimited": the largest page-aligned number (cgroup-v1/memory.rst). */
const unlimitedBytes = 2 ** 62;

type Files = Record<string, string>;

/** Null where it exists in no hierarchy. */
export function observeCgroup({ version, hierarchies }: RawCgroup): CgroupObservation | null {
  const there = hierarchies.filter(({ exists }) => exists);
  if (there.length === 0) return null;
  const files: Files = Object.assign({}, ...there.map((one) => one.files)) as Files;
  const listed = (files['cgroup.controllers'] ?? '').split(/\s+/).filter((name) => name !== '');
  const controllers = version === 'v2' ? ['', ...listed] : there.flatMap((one) => one.controllers);
  const frozen = frozenIn(files);
  return {
    version,
    controllers,
    limits: version === 'v2' ? limitsOfV2(files) : limitsOfV1(files),
    ...(frozen !== undefined && { frozen }),
    children: [...new Set(there.flatMap((one) => one.children))],
  };
}

function limitsOfV2(files: Files): CgroupObservation['limits'] {
  return present({
    memoryBytes: limit(files['memory.max']),
    pids: limit(files['pids.max']),
    cpus: quota(...((files['cpu.max'] ?? '').trim().split(/\s+/) as [string?, string?])),
  });
}

function limitsOfV1(files: Files): CgroupObservation['limits'] {
  const memory = limit(files['memory.limit_in_bytes']);
  return present({
    memoryBytes: typeof memory === 'number' && memory >= unlimitedBytes ? null : memory,
    pids: limit(files['pids.max']),
    cpus: quota(files['cpu.cfs_quota_us'], files['cpu.cfs_period_us']),
  });
}

function limit(text: string | undefined): number | null | undefined {
  const word = text?.trim();
  if (word === undefined) return undefined;
  if (word === 'max' || word === '-1') return null;
  return /^\d{1,20}$/.test(word) ? Number(word) : undefined;
}

/** So much of each period: a number of processors. */
function quota(quotaText: string | undefined, periodText: string | undefined): number | null | undefined {
  const [share, period] = [limit(quotaText), limit(periodText)];
  if (typeof share !== 'number') return share;
  return typeof period === 'number' && period > 0 ? share / period : undefined;
}

function frozenIn(files: Files): boolean | undefined {
  const state = files['cgroup.freeze'] ?? files['freezer.state'];
  return state === undefined ? undefined : ['1', 'FROZEN'].includes(state.trim());
}

function present<T extends object>(limits: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) as T;
}
