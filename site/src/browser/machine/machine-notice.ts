/** One thing the frame says of the machine: a sentence, perhaps a time that runs down, what helps, and a way to put it away. */
export interface MachineNotice {
  /** What it is about: one notice a subject. */
  id: string;
  text: string;
  /** When time is up, on the clock of `performance.now()`; shown after the text. */
  endsAtMs?: number;
  action?: { text: string; press: () => Promise<void> };
  /** Absent: it goes by itself. */
  dismiss?: () => void;
}
