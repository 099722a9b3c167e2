import type {
  AllCheck,
  AnyCheck,
  CountCheck,
  NestedCheck,
  NotCheck,
} from '../../protocol/checks/combined.ts';
import type { Check } from '../../protocol/exercise.ts';
import type { Evaluation } from '../evaluation.ts';
import { fail, pass, type Finding, type Question } from '../finding.ts';
import { say } from '../say.ts';
import { listed } from '../span.ts';

/** Told by `check-kinds.ts`, which evaluates what is nested as it evaluates everything. */
export type EvaluateCheck = (check: Check, evaluation: Evaluation) => Promise<Finding>;

type Combined = AllCheck | AnyCheck | CountCheck;

/** Sentences of what passes are all told up to here. */
const maxSentences = 3;

export async function evaluateCombined(
  check: Combined,
  evaluation: Evaluation,
  evaluateCheck: EvaluateCheck,
): Promise<Finding> {
  const findings = await Promise.all(
    check.checks.map((nested) => evaluateCheck(asCheck(nested, check), evaluation)),
  );
  const question: Question = { expected: expectation(check, findings), where: wheres(findings) };
  const passing = findings.filter(({ status }) => status === 'pass');
  const undecided = findings.filter(({ status }) => status !== 'pass' && status !== 'fail');
  const needed = neededOf(check);
  if (passing.length >= needed)
    return pass(question, { sentence: passed(check, passing), observed: seen(passing) });
  if (passing.length + undecided.length >= needed) return { ...undecided[0]!, ...question };
  const failing = findings
    .filter(({ status }) => status === 'fail')
    .toSorted((left, right) => (left.distance ?? 100) - (right.distance ?? 100));
  const nearest = failing[0]!;
  const distance = failing
    .slice(0, needed - passing.length)
    .reduce((sum, one) => sum + (one.distance ?? 100), 0);
  const sentence = `${introduction(check, passing.length)}${nearest.sentence}`;
  const { observed, hint } = nearest;
  return fail(question, { sentence, observed, ...(hint !== undefined && { hint }) }, distance);
}

export async function evaluateNot(
  check: NotCheck,
  evaluation: Evaluation,
  evaluateCheck: EvaluateCheck,
): Promise<Finding> {
  const finding = await evaluateCheck(asCheck(check.check, check), evaluation);
  const question: Question = { expected: say`not: ${finding.expected}`, where: finding.where };
  if (finding.status === 'pass') {
    const sentence = say`${finding.sentence.replace(/\.$/, '')}; the task asks that this not be so.`;
    return fail(question, { sentence, observed: finding.observed }, 1);
  }
  if (finding.status !== 'fail') return { ...finding, ...question };
  const sentence = say`As asked, this is not there: ${finding.expected}.`;
  return pass(question, { sentence, observed: finding.observed });
}

/** Nested ones go by the outer one's id and label. */
function asCheck(nested: NestedCheck, { id, label }: { id: string; label: string }): Check {
  return { ...nested, id, label };
}

function neededOf(check: Combined): number {
  if (check.kind === 'count') return check.atLeast;
  return check.kind === 'any' ? 1 : check.checks.length;
}

function expectation(check: Combined, findings: readonly Finding[]): string {
  const parts = findings.map(({ expected }) => expected);
  if (check.kind === 'all') return parts.join(say`; and `);
  if (check.kind === 'any') return parts.join(say`; or `);
  return say`at least ${check.atLeast} of: ${parts.join('; ')}`;
}

function wheres(findings: readonly Finding[]): string {
  return listed([...new Set(findings.map(({ where }) => where))]);
}

function seen(passing: readonly Finding[]): string {
  return passing.map(({ observed }) => observed).join('; ');
}

function passed(check: Combined, passing: readonly Finding[]): string {
  const told = check.kind === 'any' ? passing.slice(0, 1) : passing.slice(0, maxSentences);
  const more = check.kind === 'any' ? 0 : passing.length - told.length;
  const sentences = told.map(({ sentence }) => sentence);
  return [...sentences, ...(more > 0 ? [say`And ${more} more ${are(more)} as asked.`] : [])].join(' ');
}

/** What goes before the sentence on the nearest miss. */
function introduction(check: Combined, passing: number): string {
  if (check.kind === 'any')
    return say`There are several ways to do this, and none is there yet. The nearest: `;
  const number = check.checks.length;
  if (check.kind === 'all')
    return passing === 0 ? '' : say`${passing} of ${number} things asked for ${are(passing)} there. `;
  return say`So far ${passing} of the ${number} things ${are(passing)} there; ${check.atLeast} ${are(check.atLeast)} asked for. `;
}

function are(number: number): string {
  return number === 1 ? say`is` : say`are`;
}
