/** Work that may take long enough to be shown while it runs. */
export interface Step {
  title: string;
  run(context: StepContext): Promise<void>;
}

export interface StepContext {
  /** Says what is being done now, in a few words. */
  onStep: (words: string) => void;
  signal: AbortSignal;
}

/** `7 s`, `1 min 5 s`. */
export function elapsedWords(elapsedMs: number): string {
  const seconds = Math.round(elapsedMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}
