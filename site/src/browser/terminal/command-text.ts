/** What is said of a command, in the gutter, in the text view and aloud. */

export interface CommandFacts {
  text: string;
  exitCode: number | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
}

const signals: Record<number, string> = { 1: 'hang-up', 2: 'Ctrl+C', 6: 'abort', 9: 'kill', 15: 'terminate' };

/** `ended well after 1.2 s`, `failed with exit code 127 (command not found)`. */
export function describeResult({ exitCode, startedAtMs, endedAtMs }: CommandFacts): string {
  if (endedAtMs === null) return 'still runs';
  const after = startedAtMs === null ? '' : ` after ${describeDuration(endedAtMs - startedAtMs)}`;
  if (exitCode === null) return `ended${after}`;
  if (exitCode === 0) return `ended well${after}`;
  const meaning = explainExitCode(exitCode);
  return `failed with exit code ${exitCode}${meaning === null ? '' : ` (${meaning})`}${after}`;
}

/** By the conventions of the shell. */
export function explainExitCode(code: number): string | null {
  if (code === 126) return 'cannot be executed';
  if (code === 127) return 'command not found';
  if (code <= 128) return null;
  const signal = signals[code - 128];
  return signal === undefined ? `ended by signal ${code - 128}` : `ended by ${signal}`;
}

export function describeDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 0.1) return 'an instant';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
