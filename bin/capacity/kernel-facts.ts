import { readFileSync } from 'node:fs';
import os from 'node:os';

/** What the kernel lets all machines together have; null where it does not say. */
export interface KernelFacts {
  cores: number;
  memoryBytes: number;
  pidMax: number | null;
  threadsMax: number | null;
  /** Of root, on whose account the gateways are. */
  netNamespaces: number | null;
  ptys: number | null;
}

function sysctl(name: string): number | null {
  try {
    return Number(readFileSync(`/proc/sys/${name}`, 'latin1'));
  } catch {
    return null;
  }
}

export function readKernelFacts(): KernelFacts {
  return {
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    pidMax: sysctl('kernel/pid_max'),
    threadsMax: sysctl('kernel/threads-max'),
    netNamespaces: sysctl('user/max_net_namespaces'),
    ptys: sysctl('kernel/pty/max'),
  };
}
