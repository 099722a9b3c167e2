/** What carries a viewer's messages: a WebSocket, or events and POSTs where there can be none. */
export interface ViewerChannel {
  readonly isOpen: boolean;
  /** Strings are messages, Buffers are bytes of the terminal. Nothing happens once it is closed. */
  send(data: string | Buffer): void;
  /** From here on nothing is handed on. */
  close(code: number): void;
  /** Holds what the browser sends, and by that the browser. */
  pause(): void;
  resume(): void;
  /** Set by who uses it, before anything can come. */
  onMessage: (data: Buffer, isBinary: boolean) => void;
  /** Once. */
  onClose: () => void;
}
