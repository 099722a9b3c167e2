import type { FileCheck } from '../../protocol/checks/file.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question } from '../finding.ts';
import type { FileSeen } from '../machine/file.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';
import { fileFacets, fileIs, octal } from './file-facets.ts';
import { explainMissing } from './file-missing.ts';

export async function evaluateFile(check: FileCheck, { round }: Evaluation): Promise<Finding> {
  const where = span(check.path);
  const facets = fileFacets(check);
  const kind = {
    file: say`a file`,
    directory: say`a directory`,
    link: say`a symbolic link`,
    absent: say`nothing there`,
  }[check.type];
  const leads = check.linkTo === undefined ? [] : [say`to ${textAsked(check.linkTo)}`];
  const asked = [...leads, ...facets.map((facet) => facet.asked)];
  const question: Question = { expected: [kind, ...asked].join(', '), where };
  const seen = await round.file(check.path);
  if (!seen.ok) return couldNotLook(question, seen);
  const file = seen.value;
  if (check.type === 'absent') return judgeAbsence(question, file);
  if (check.type === 'link') return judgeLink(question, check, file);
  if (!file.exists) return fail(question, await explainMissing({ path: check.path, file, round }));
  if (file.type === undefined) return couldNotLook(question, unreadable(say`its kind could not be read`));
  if (file.type !== check.type) {
    const sentence = say`${where} is ${fileIs(file)}; the task asks for ${kind}.`;
    return fail(question, { sentence, observed: fileIs(file) });
  }
  const unknown = facets.find((facet) => !facet.known(file));
  if (unknown !== undefined) {
    return couldNotLook(question, unreadable(say`its ${unknown.what} could not be read`));
  }
  const unmet = facets.find((facet) => !facet.met(file));
  if (unmet !== undefined) {
    return fail(question, unmet.miss(file), facets.filter((facet) => !facet.met(file)).length);
  }
  const sentence = say`${where} is ${[kind, ...(asked.length === 0 ? [say`as asked`] : asked)].join(', ')}.`;
  return pass(question, { sentence, observed: summary(file) });
}

/** Where it leads is another question: one to nothing is a link as well. */
function judgeLink(question: Question, { linkTo }: FileCheck, file: FileSeen): Finding {
  const { where } = question;
  const { linkTarget } = file;
  if (linkTarget === undefined && !file.exists) {
    return fail(question, { sentence: say`There is no ${where} yet.`, observed: say`nothing there` });
  }
  if (linkTarget === undefined) {
    const sentence = say`${where} is ${fileIs(file)}; the task asks for a symbolic link.`;
    return fail(question, { sentence, observed: fileIs(file) }, 2);
  }
  const observed = say`a link to ${span(linkTarget)}`;
  if (linkTo !== undefined && !textMeets(linkTo, linkTarget)) {
    const sentence = say`${where} is ${observed}; the task asks for one to ${textAsked(linkTo)}.`;
    return fail(question, { sentence, observed }, 1);
  }
  return pass(question, { sentence: say`${where} is ${observed}.`, observed });
}

function judgeAbsence(question: Question, file: FileSeen): Finding {
  const { where } = question;
  if (!file.exists) {
    return pass(question, { sentence: say`There is no ${where}, as asked.`, observed: say`nothing there` });
  }
  const sentence = say`${where} is still there; the task asks that it be gone.`;
  return fail(question, { sentence, observed: fileIs(file) }, 1);
}

function summary(file: FileSeen): string {
  const mode = file.mode === undefined ? '' : say`, mode \`${octal(file.mode)}\``;
  return `${fileIs(file)}${mode}`;
}
