/**
 * Why something could not be seen, as observers give it: plain English, for `Observation.reason`. Known ones are said in
 * the learner's language, all others as they come.
 */
import { words } from './say.ts';

const phrases = words({
  notJson: 'Docker answered with something that is not JSON',
  late: 'Docker did not answer in time',
  tooMuch: 'Docker answered with more than can be read',
  notHttp: 'Docker answered with something that is not HTTP',
  notRunning: 'your machine is not running',
  gone: 'your machine no longer exists',
  restarting: 'the part that runs machines is restarting',
  notAsked: 'Docker could not be asked',
  closed: 'it cannot be opened',
  notLookedInto: 'your machine could not be looked into',
  tookTooLong: 'it took too long',
  lookFailed: 'the look failed',
  nonsense: 'what was found there makes no sense',
});

/** By the English text, which does not change with the language. */
const keys = new Map(
  Object.keys(phrases).map((key) => [
    phrases[key as keyof typeof phrases] as string,
    key as keyof typeof phrases,
  ]),
);

export function sayReason(reason: string): string {
  const key = keys.get(reason);
  return key === undefined ? reason : phrases[key];
}
