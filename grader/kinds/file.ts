import type { FileCheck } from '../../protocol/checks/file.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question } from '../finding.ts';
import type { FileSeen } from '../machine/file.ts';
import { span } from '../span.ts';
import { fileFacets, fileIs, octal } from './file-facets.ts';
import { explainMissing } from './file-missing.ts';

export async function evaluateFile(check: FileCheck, { round }: Evaluation): Promise<Finding> {
  const where = span(check.path);
  const facets = fileFacets(check);
  const kind = { file: 'a file', directory: 'a directory', absent: 'nothing there' }[check.type];
  const question: Question = { expected: [kind, ...facets.map((facet) => facet.asked)].join(', '), where };
  const seen = await round.file(check.path);
  if (!seen.ok) return couldNotLook(question, seen);
  const file = seen.value;
  if (check.type === 'absent') return judgeAbsence(question, file);
  if (!file.exists) return fail(question, await explainMissing({ path: check.path, file, round }));
  if (file.type === undefined) return couldNotLook(question, unreadable('its kind could not be read'));
  if (file.type !== check.type) {
    const sentence = `${where} is ${fileIs(file)}; the task asks for ${kind}.`;
    return fail(question, { sentence, observed: fileIs(file) });
  }
  const unknown = facets.find((facet) => !facet.known(file));
  if (unknown !== undefined) {
    return couldNotLook(question, unreadable(`its ${unknown.what} could not be read`));
  }
  const unmet = facets.find((facet) => !facet.met(file));
  if (unmet !== undefined) {
    return fail(question, unmet.miss(file), facets.filter((facet) => !facet.met(file)).length);
  }
  const asked = facets.length === 0 ? ['as asked'] : facets.map((facet) => facet.asked);
  const sentence = `${where} is ${[kind, ...asked].join(', ')}.`;
  return pass(question, { sentence, observed: summary(file) });
}

function judgeAbsence(question: Question, file: FileSeen): Finding {
  const { where } = question;
  if (!file.exists) {
    return pass(question, { sentence: `There is no ${where}, as asked.`, observed: 'nothing there' });
  }
  const sentence = `${where} is still there; the task asks that it be gone.`;
  return fail(question, { sentence, observed: fileIs(file) }, 1);
}

function summary(file: FileSeen): string {
  const mode = file.mode === undefined ? '' : `, mode \`${octal(file.mode)}\``;
  return `${fileIs(file)}${mode}`;
}
