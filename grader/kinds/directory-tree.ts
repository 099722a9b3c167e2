import type { DirectoryTreeCheck, treeEntryTypes } from '../../protocol/checks/directory-tree.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question, type Seen } from '../finding.ts';
import type { FileSeen } from '../machine/file.ts';
import { say, words } from '../say.ts';
import { span } from '../span.ts';
import { fileIs } from './file-facets.ts';
import { explainMissing } from './file-missing.ts';

type EntryType = (typeof treeEntryTypes)[number];

const shortWords = words({ file: 'file', directory: 'directory', link: 'link' });
const entryWords: Record<EntryType, string> = words({
  file: 'a file',
  directory: 'a directory',
  link: 'a link',
  absent: 'nothing',
});

/** Entries in the order of the check: a directory's author writes what holds others first. */
export async function evaluateDirectoryTree(
  { path, entries }: DirectoryTreeCheck,
  { round }: Evaluation,
): Promise<Finding> {
  const where = span(path);
  const wanted = Object.entries(entries);
  const asked = wanted.map(([name, type]) =>
    type === 'absent' ? say`no ${span(name)}` : `${span(name)} (${shortWords[type]})`,
  );
  const question: Question = { expected: say`below ${where}: ${asked.join(', ')}`, where };
  const top = await round.file(path);
  if (!top.ok) return couldNotLook(question, top);
  if (!top.value.exists) return fail(question, await explainMissing({ path, file: top.value, round }));
  if (top.value.type !== 'directory') {
    const is = top.value.type === undefined ? say`not a directory` : fileIs(top.value);
    return fail(question, { sentence: say`${where} is ${is}; the task asks for a directory.`, observed: is });
  }
  const looks = await Promise.all(
    wanted.map(async ([name, type]) => {
      const full = `${path.replace(/\/+$/, '')}/${name}`;
      return { full, type, seen: await round.file(full) };
    }),
  );
  const judged: { full: string; type: EntryType; file: FileSeen }[] = [];
  for (const { full, type, seen } of looks) {
    if (!seen.ok) return couldNotLook({ ...question, where: span(full) }, seen);
    if (seen.value.exists && seen.value.type === undefined) {
      return couldNotLook({ ...question, where: span(full) }, unreadable(say`its kind could not be read`));
    }
    judged.push({ full, type, file: seen.value });
  }
  const unmet = judged.filter(({ type, file }) => !isOf(type, file));
  const there = say`${judged.length - unmet.length} of ${judged.length}`;
  const first = unmet[0];
  if (first === undefined) {
    const all = judged.length === 1 ? say`the one entry is` : say`all ${judged.length} entries are`;
    return pass(question, {
      sentence: say`Below ${where}, ${all} as asked.`,
      observed: say`${there} entries`,
    });
  }
  const seen =
    first.type !== 'absent' && !first.file.exists
      ? await explainMissing({ path: first.full, file: first.file, round })
      : otherType(first);
  const sentence = judged.length === 1 ? seen.sentence : say`${seen.sentence} As asked so far: ${there}.`;
  return fail(question, { sentence, observed: `${there}; ${seen.observed}` }, unmet.length);
}

function isOf(type: EntryType, file: FileSeen): boolean {
  if (type === 'link') return file.linkTarget !== undefined;
  if (type === 'absent') return !file.exists && file.linkTarget === undefined;
  return file.exists && file.type === type;
}

function otherType({ full, type, file }: { full: string; type: EntryType; file: FileSeen }): Seen {
  const path = span(full);
  if (type === 'absent') {
    return {
      sentence: say`${path} is still there; the task asks that it be gone.`,
      observed: say`${path} is there`,
    };
  }
  if (!file.exists) return { sentence: say`There is no ${path} yet.`, observed: say`no ${path}` };
  const is = fileIs(file);
  return {
    sentence: say`${path} is ${is}; the task asks for ${entryWords[type]}.`,
    observed: say`${path} is ${is}`,
  };
}
