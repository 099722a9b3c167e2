import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { Log } from '../log.ts';

/**
 * Of output that is kept: what the flow control allows on the way (256 KiB) and as much again, for chunks already read when
 * the PTY is paused, and what was printed while a browser reconnects.
 */
export const ringBytes = 512 * 1024;
export const defaultIdleMs = 10 * 60 * 1000;

export interface MirrorOptions {
  client: SandboxClient;
  sandboxId: string;
  terminalId: string;
  log: Log;
  /** A command ended in its shell, as far as the output can be believed. */
  onCommandFinished: () => void;
  /** A line was entered, or what reads it was sent away: by Enter, Ctrl-C, Ctrl-D. */
  onLineEntered?: () => void;
  /** It can serve no longer, its viewers were closed. */
  onEnd: () => void;
  /** Without a viewer for so long it is given up; the sandbox-server's log can rebuild it. Default 10 minutes. */
  idleMs?: number;
}
