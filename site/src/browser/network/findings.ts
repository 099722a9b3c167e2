/** What the network doctor found out. Times in milliseconds; null where it could not be measured. */
export interface Findings {
  /** Plain requests: the middle of several round trips. */
  requestMs: number | null;
  socket: {
    /** The server's answer to the upgrade came through. */
    opened: boolean;
    /** A frame came back. */
    echoed: boolean;
    echoMs: number | null;
    held: Held;
  };
  stream: {
    /** `gathered`: all came together, at the end. */
    arrived: 'as-sent' | 'gathered' | 'nothing';
    held: Held;
  };
}

/** A connection kept open, with a word every now and then. */
export interface Held {
  /** How long it has been open. */
  openMs: number;
  /** It ended before we ended it. */
  cut: boolean;
}

export const notHeld: Held = { openMs: 0, cut: false };
