/** What a terminal connection needs of the world; the browser's own in `browser-ports.ts`, a test's in its test. */

import type { ServerMessage } from '../../../../protocol/terminal.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { SeatOptions } from './seat.ts';

export interface TerminalSocket {
  send(data: string | Uint8Array): void;
  close(): void;
}

export interface SocketEvents {
  opened(): void;
  text(frame: string): void;
  bytes(frame: Uint8Array): void;
  /** Once, last. `code` as in CloseEvent. */
  closed(code: number): void;
}

/** Opens the terminal's socket; its events come later, never during the call. */
export type Dial = (events: SocketEvents) => TerminalSocket;

/** The terminal emulator. Everything given to it is handled in order. */
export interface Screen {
  readonly cols: number;
  readonly rows: number;
  write(bytes: Uint8Array, parsed: () => void): void;
  /** Back to an empty screen, after all that was written before. */
  reset(): void;
  /** What the shell had marked in what was written so far. */
  mark?(marks: Extract<ServerMessage, { type: 'marks' }>): void;
}

export interface Clock {
  nowMs(): number;
  /** Calls back once; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Asks the portal about a terminal whose socket could not be opened: browsers hide the reason. */
export type Probe = () => Promise<'there' | 'gone' | 'unreachable'>;

export interface ConnectionOptions extends SeatOptions {
  dial: Dial;
  screen: Screen;
  clock: Clock;
  random: () => number;
  probe: Probe;
  onStatus: (status: ConnectionStatus) => void;
  onNotice: (notice: Extract<ServerMessage, { type: 'notice' }>) => void;
}
