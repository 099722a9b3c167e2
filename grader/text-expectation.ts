import type { TextExpectation } from '../protocol/checks/text.ts';
import { say } from './say.ts';
import { span } from './span.ts';

/** Beyond this a learner's text is not compared: it bounds what an author's regular expression can be fed. */
const maxLength = 64 * 1024;

export function textMeets(expectation: TextExpectation, text: string): boolean {
  const bounded = text.slice(0, maxLength);
  if ('equals' in expectation) return text === expectation.equals;
  if ('contains' in expectation) return bounded.includes(expectation.contains);
  return new RegExp(expectation.matches, 'u').test(bounded);
}

/** "`sh`", "text with `sh` in it", "text of the form `^sh`". */
export function textAsked(expectation: TextExpectation): string {
  if ('equals' in expectation) return span(expectation.equals);
  if ('contains' in expectation) return say`something with ${span(expectation.contains)} in it`;
  return say`something of the form ${span(expectation.matches)}`;
}

/** What something is told by: "with the command line `sh`", "whose command line has `sh` in it". */
export function textTold(noun: string, expectation: TextExpectation): string {
  if ('equals' in expectation) return say`with the ${noun} ${span(expectation.equals)}`;
  if ('contains' in expectation) return say`whose ${noun} has ${span(expectation.contains)} in it`;
  return say`whose ${noun} is of the form ${span(expectation.matches)}`;
}

/** Whether only upper and lower case or white space keep the text from being as asked. */
export function nearlyMeets(expectation: TextExpectation, text: string): boolean {
  if (!('equals' in expectation)) return false;
  return loose(expectation.equals) === loose(text.slice(0, maxLength));
}

function loose(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, '');
}
