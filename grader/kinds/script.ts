import type { ScriptCheck } from '../../protocol/checks/script.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question } from '../finding.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';

/** What the script prints is the learner's own machine speaking: shown to them, trusted for nothing else. */
export async function evaluateScript(check: ScriptCheck, { round }: Evaluation): Promise<Finding> {
  const { asks, exitCode: wanted, output: expectation } = check;
  const question: Question = { expected: asks, where: say`a test run in your machine` };
  const seen = await round.script({ text: check.run, timeoutMs: check.timeoutMs });
  if (!seen.ok) return couldNotLook(question, seen);
  const { exitCode, timedOut, output } = seen.value;
  if (timedOut) return couldNotLook(question, unreadable(say`the test did not end in time`));
  if (exitCode === null) return couldNotLook(question, unreadable(say`the test was ended by a signal`));
  const printed = output.trim();
  const observed = printed === '' ? say`exit code ${exitCode}` : say`exit code ${exitCode}: ${span(printed)}`;
  const printsRight = expectation === undefined || textMeets(expectation, printed);
  if (exitCode === wanted && printsRight)
    return pass(question, { sentence: say`As asked: ${asks}.`, observed });
  const why =
    exitCode === wanted && expectation !== undefined
      ? say` The test printed ${span(printed)}, not ${textAsked(expectation)}.`
      : '';
  return fail(question, { sentence: say`Not yet so; the task asks for ${asks}.` + why, observed }, 1);
}
