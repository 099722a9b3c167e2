/** Connects to a TCP port as a program inside a sandbox would: from its network namespace, which leads nowhere else. */
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../../protocol/errors.ts';
import { connectIn, connectionState } from './kernel/network-namespace.ts';
import { SystemCallError } from './kernel/libc.ts';

export interface DialTcp {
  /** Host pid of PID 1 of the sandbox. */
  initPid: number;
  /** IPv4, dotted. */
  address: string;
  port: number;
}

const timeoutMs = 2_000;
/** Within the machine a connection is made at once; beyond it, over a bridge or the gateway, in under a millisecond. */
const firstPauseMs = 1;
const maxPauseMs = 20;

/** Rejects with NOT_FOUND where nobody listens, nothing is reached, or no answer comes within 2 s. */
export async function dialTcp({ initPid, address, port }: DialTcp): Promise<Socket> {
  const what = `${address}:${port}`;
  let fd: number;
  try {
    fd = connectIn({ namespacePath: `/proc/${initPid}/ns/net`, address, port });
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error;
    throw unreached(what, error.code, error);
  }
  try {
    await connected(fd, what);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return new Socket({ fd, readable: true, writable: true, allowHalfOpen: true });
}

async function connected(fd: number, what: string): Promise<void> {
  let pauseMs = firstPauseMs;
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(pauseMs)) {
    const state = connectionState(fd);
    if (state === 'connected') return;
    if (state !== 'connecting') throw unreached(what, state);
    pauseMs = Math.min(2 * pauseMs, maxPauseMs);
  }
  throw unreached(what, 'ETIMEDOUT');
}

function unreached(what: string, code: string, cause?: unknown): CodedError {
  return new CodedError('NOT_FOUND', `nobody answers at ${what} in the sandbox (${code})`, { cause });
}
