import type { Verdict } from '../../../../protocol/verdict.ts';
import { say } from '../page/say.ts';

/** How a check stands, for who hears the page, and in messages. */
export const statusWords: Record<Verdict['status'], string> = {
  pass: say`done`,
  fail: say`not yet`,
  waiting: say`waiting`,
  'could-not-look': say`could not be looked at`,
};
