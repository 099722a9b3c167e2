import { changesOf } from './change-rules.ts';
import { simpleCommandsIn, type SimpleCommand } from './shell-script.ts';

/** A solve script with one thing changed. */
export interface Mutant {
  /** Of the script, from 1. */
  line: number;
  /** What was done, on one line: `drop docker start cabin`, `image busybox -> debian`. */
  change: string;
  /** The whole changed script. */
  text: string;
}

/** Replaces a stretch of the script. */
export interface Edit {
  start: number;
  end: number;
  replacement: string;
  change: string;
}

/**
 * Every mutant of a script, in the order of its lines: each command dropped, and its arguments changed one at a time.
 * Left alone is what only keeps a script going (`true`, `set`), only waits (`docker wait`), only makes a terminal
 * (`script`), and what `shell-script.ts` does not read. Not yet judged by bash: see `bash-syntax.ts`.
 */
export function mutantsOf(script: string): Mutant[] {
  const edits = simpleCommandsIn(script)
    .filter((command) => !keepsGoing.has(command.words[0]?.literal ?? '') && !waits(script, command))
    .flatMap((command) => [dropped(script, command), ...changesOf(command)]);
  const texts = new Set([script]);
  return edits.flatMap(({ start, end, replacement, change }) => {
    const text = script.slice(0, start) + replacement + script.slice(end);
    if (texts.has(text)) return [];
    texts.add(text);
    return [{ line: script.slice(0, start).split('\n').length, change, text }];
  });
}

const keepsGoing = new Set(['true', ':', 'false', 'set', 'shopt']);

/** A line that lets time pass and changes nothing; what it prints may matter where it is part of another. */
function waits(script: string, { start, end }: SimpleCommand): boolean {
  const before = script.slice(script.lastIndexOf('\n', start - 1) + 1, start);
  const after = script.slice(end).split('\n')[0]!;
  return /^(?:sleep|wait|docker wait)\b/.test(script.slice(start, end)) && `${before}${after}`.trim() === '';
}

/** `:` in its place keeps the script whole; the text of a here-document needs its head. */
function dropped(script: string, command: SimpleCommand): Edit {
  const { start, end, redirections } = command;
  const heads = redirections
    .filter(({ operator }) => operator.endsWith('<<') || operator.endsWith('<<-'))
    .map((head) => ` ${script.slice(head.start, head.end)}`);
  const shown = script.slice(start, end).replaceAll(/\s+/g, ' ');
  return { start, end, replacement: `:${heads.join('')}`, change: `drop ${shown}` };
}
