import { say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { recall, remember } from '../page/preference.ts';
import type { Command, CommandLog } from './command-log.ts';
import { describeResult } from './command-text.ts';

/** What is said of an output at once; more of it is read in the text view. */
const spokenLength = 200;

export function announcesResults(): boolean {
  return recall('announce-results') !== 'off';
}

export function setAnnouncesResults(on: boolean): void {
  remember('announce-results', on ? null : 'off');
}

/** Says to assistive technology how each command ended, and what it printed where that is short. */
export function announceResults(log: CommandLog): () => void {
  let before = log.ended.value;
  return log.ended.watch((command) => {
    if (command === null || command === before || !announcesResults()) return;
    before = command;
    announce(sentenceOf(command, log.outputOf(command)));
  });
}

function sentenceOf(
  command: Pick<Command, 'text' | 'exitCode' | 'startedAtMs' | 'endedAtMs'>,
  output: string,
): string {
  const name = command.text.split('\n')[0]?.slice(0, 60) || say`The command`;
  const result = `${name} ${describeResult(command)}`;
  if (output === '') return say`${result}, without output.`;
  if (output.length <= spokenLength) return `${result}: ${output}`;
  return say`${result}, with ${output.split('\n').length} lines of output.`;
}
