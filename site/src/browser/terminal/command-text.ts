/** What is said of a command, in the gutter, in the text view and aloud. */
import { writeTenths } from '../page/decimal.ts';
import { nameKeys } from '../page/key-names.ts';
import { say } from '../page/say.ts';

export interface CommandFacts {
  text: string;
  exitCode: number | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
}

const signals: Record<number, string> = {
  1: say`hang-up`,
  2: nameKeys('Ctrl+C'),
  6: say`abort`,
  9: say`kill`,
  15: say`terminate`,
};

/** `ended well after 1.2 s`, `failed with exit code 127 (command not found)`. */
export function describeResult({ exitCode, startedAtMs, endedAtMs }: CommandFacts): string {
  if (endedAtMs === null) return say`still runs`;
  const after = startedAtMs === null ? '' : say` after ${describeDuration(endedAtMs - startedAtMs)}`;
  if (exitCode === null) return say`ended${after}`;
  if (exitCode === 0) return say`ended well${after}`;
  const meaning = explainExitCode(exitCode);
  return say`failed with exit code ${exitCode}${meaning === null ? '' : ` (${meaning})`}${after}`;
}

/** The last signal there is; what is beyond it, such as 255, a program chose itself. */
const lastSignal = 64;

/** By the conventions of the shell. */
function explainExitCode(code: number): string | null {
  if (code === 126) return say`cannot be executed`;
  if (code === 127) return say`command not found`;
  if (code <= 128 || code > 128 + lastSignal) return null;
  const signal = signals[code - 128];
  return signal === undefined ? say`ended by signal ${code - 128}` : say`ended by ${signal}`;
}

export function describeDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 0.1) return say`an instant`;
  if (seconds < 10) return `${writeTenths(seconds)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say`${minutes} min ${Math.floor(seconds % 60)} s`;
  return say`${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
