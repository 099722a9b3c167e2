import type { AnswerCheck } from '../../protocol/checks/answer.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, waiting, type Finding, type Question } from '../finding.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { answerFits, cleanAnswer, explainShape } from './answer-compare.ts';
import { explainMistake } from './answer-mistake.ts';
import { readTruth } from './answer-source.ts';

/** What is right is never in what the learner is shown, until they have typed it. */
export async function evaluateAnswer(check: AnswerCheck, { round, answers }: Evaluation): Promise<Finding> {
  const question: Question = { expected: say`what your own machine says`, where: whereOf(check) };
  const typed = cleanAnswer(answers.get(check.id) ?? '');
  if (typed === '') {
    return waiting(question, {
      sentence: say`Type your answer to have it checked.`,
      observed: say`no answer yet`,
    });
  }
  const observed = span(typed);
  const malformed = explainShape(check.compare, typed);
  if (malformed !== null) return fail(question, { sentence: malformed, observed });
  const truth = await readTruth(check.source, round);
  if (truth.outcome === 'blind') return couldNotLook(question, truth.blindness);
  if (truth.outcome === 'nothing') return waiting(question, { sentence: truth.sentence, observed });
  if (truth.values.some((value) => answerFits(check.compare, typed, value))) {
    return pass(question, { sentence: say`${observed} is what your machine says.`, observed });
  }
  const help = await explainMistake({ check, typed, truth: truth.values, round });
  const sentence = [say`That is not what your machine says.`, help].filter(Boolean).join(' ');
  return fail(question, { sentence, observed });
}

function whereOf({ source }: AnswerCheck): string {
  switch (source.from) {
    case 'kernel':
      return say`your machine's kernel`;
    case 'file':
      return span(source.path);
    case 'container':
      return say`the containers of your Docker`;
    case 'image':
      return say`the images of your Docker`;
    case 'docker-info':
      return say`what Docker says of itself`;
    case 'expression':
      return say`your machine`;
  }
}
