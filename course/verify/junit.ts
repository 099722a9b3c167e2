import { failuresOf } from '../prose/prose-report.ts';
import type { ProseProof } from '../prose/prose-proof.ts';
import type { MutantResult, MutationScore } from './mutation/mutation-proof.ts';
import type { ExerciseProof, ProofReport } from './proof.ts';
import type { TrialResult } from './trial.ts';

interface TestCase {
  name: string;
  ms: number;
  /** Why it failed; null where it did not. */
  failure: string | null;
}

/** The report as JUnit's XML: a suite for each exercise, a case for each script, each change and each declaration. */
export function formatJunit(report: ProofReport): string {
  const suites = [...report.exercises.map(exerciseSuite), ...(report.prose ?? []).map(proseSuite)];
  const score = properties(report.mutations, '  ');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="course verify" time="${seconds(report.ms)}">\n${score}${suites.join('')}</testsuites>\n`;
}

function exerciseSuite(proof: ExerciseProof): string {
  const cases = [
    ...proof.trials.map(trialCase),
    ...(proof.mutations?.mutants ?? []).map(mutantCase),
    ...(proof.mutations?.faults ?? []).map((failure) => ({ name: 'equivalent', ms: 0, failure })),
  ];
  const ms = proof.ms + (proof.mutations?.ms ?? 0);
  return suite({ name: proof.exerciseId, ms, cases, score: properties(proof.mutations?.score, '    ') });
}

/** A case for each command of a lesson, named by its line. */
function proseSuite(proof: ProseProof): string {
  const cases = proof.commands.map(({ line, text, ms, ok }) => {
    const failure = ok ? null : failuresOf({ ...proof, fault: null }).join('\n');
    return { name: `lesson.mdx:${line} ${text}`, ms, failure };
  });
  if (proof.fault !== null) cases.push({ name: 'the machine', ms: 0, failure: proof.fault });
  return suite({ name: proof.lessonId, ms: proof.ms, cases, score: '' });
}

function suite(options: { name: string; ms: number; cases: TestCase[]; score: string }): string {
  const { name, ms, cases, score } = options;
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const head = `name="${escaped(name)}" tests="${cases.length}" failures="${failures}" time="${seconds(ms)}"`;
  const lines = cases.map((each) => testCase(name, each));
  return `  <testsuite ${head}>\n${score}${lines.join('')}  </testsuite>\n`;
}

/** The score of the changed solutions, where they were asked for. */
function properties(score: MutationScore | undefined, indent: string): string {
  if (score === undefined) return '';
  const rows = Object.entries(score).map(
    ([name, value]) => `${indent}  <property name="mutations.${name}" value="${value}"/>\n`,
  );
  return `${indent}<properties>\n${rows.join('')}${indent}</properties>\n`;
}

function testCase(exerciseId: string, { name, ms, failure }: TestCase): string {
  const head = `    <testcase classname="${escaped(exerciseId)}" name="${escaped(name)}" time="${seconds(ms)}"`;
  if (failure === null) return `${head}/>\n`;
  const [first = ''] = failure.split('\n');
  return `${head}>\n      <failure message="${escaped(first)}">${escaped(failure)}</failure>\n    </testcase>\n`;
}

function trialCase({ script, ms, ok, steps }: TrialResult): TestCase {
  const failed = steps.filter((step) => !step.ok).map(({ name, detail }) => `${name}: ${detail ?? 'failed'}`);
  return { name: script, ms, failure: ok ? null : failed.join('\n') };
}

function mutantCase({ line, change, outcome, detail, ms }: MutantResult): TestCase {
  const name = `solve.sh:${line} ${change}`;
  if (outcome === 'killed' || outcome === 'equivalent') return { name, ms, failure: null };
  const why = outcome === 'survived' ? 'every check passes after this change' : (detail ?? 'not judged');
  return { name, ms, failure: why };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** What a machine printed may hold characters that XML has no way to write. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
