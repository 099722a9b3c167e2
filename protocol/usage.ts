/** What a sandbox uses of its limits, and where it has come near one or met it. */

/** Measured from outside, by the kernel's own counters. */
export interface SandboxUsage {
  /** Without files in the page cache that the kernel may drop. */
  memoryBytes: number;
  memoryLimitBytes: number;
  pids: number;
  pidsLimit: number;
  diskUsedBytes: number;
  diskBytes: number;
  inodesUsed: number;
  inodes: number;
  /** Of CPU time, since it was started. */
  cpuMs: number;
}

export type LimitSubject = 'memory' | 'pids' | 'disk' | 'inodes' | 'cpu' | 'egress' | 'egressConnections';

export interface LimitState {
  subject: LimitSubject;
  /** `near`: it will soon be met. */
  level: 'near' | 'reached';
  /** ISO 8601; another time is another happening. */
  at: string;
}

/** One line of `GET /v1/sandboxes/:id/usage?follow=1`: newline-delimited JSON, told when something has changed. */
export interface UsageReport {
  usage: SandboxUsage;
  /** What holds now; out of memory for ten minutes after it happened, or after it was first told. */
  limits: LimitState[];
}
