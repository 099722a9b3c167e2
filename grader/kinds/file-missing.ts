import type { Seen } from '../finding.ts';
import type { FileSeen } from '../machine/file.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { fileIs } from './file-facets.ts';
import { samePath } from './same-path.ts';

/** Where else a file may have ended up: at home, where the shell begins, at the top, one directory up. */
async function hintElsewhere(path: string, round: Round): Promise<{ hint?: string }> {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const above = path.replace(/\/[^/]+\/[^/]+\/*$/, '');
  const places = [...new Set([say`/root/${name}`, say`/tmp/${name}`, `/${name}`, `${above}/${name}`])];
  const others = places.filter((place) => !samePath(place, path));
  const looks = await Promise.all(others.map((place) => round.file(place)));
  const found = others.filter((_, index) => {
    const look = looks[index];
    return look?.ok === true && look.value.exists;
  });
  if (found[0] === undefined) return {};
  return { hint: say`There is one at ${span(found[0])}: was that meant to be ${span(path)}?` };
}

/** Says where the way to a path ends: a link to nothing, a parent that is not there, a name spelt otherwise. */
export async function explainMissing(options: { path: string; file: FileSeen; round: Round }): Promise<Seen> {
  const { path, file, round } = options;
  if (file.linkTarget !== undefined) {
    const target = span(file.linkTarget);
    const sentence = say`${span(path)} is a link to ${target}, and nothing is there in your machine.`;
    return { sentence, observed: say`a link to ${target}, which does not exist` };
  }
  const cut = path.replace(/\/+$/, '').lastIndexOf('/');
  const name = path.slice(cut + 1).replace(/\/+$/, '');
  const parent = path.slice(0, cut);
  const nothing: Seen = { sentence: say`There is no ${span(path)} yet.`, observed: say`nothing there` };
  if (parent === '') return nothing;
  const seen = await round.file(parent);
  if (!seen.ok) return nothing;
  if (!seen.value.exists) {
    const sentence = say`There is no ${span(path)} yet, nor the directory ${span(parent)} that it would be in.`;
    return { sentence, observed: say`no directory ${span(parent)}`, ...(await hintElsewhere(path, round)) };
  }
  if (seen.value.type !== 'directory') {
    const observed = say`${span(parent)} is ${fileIs(seen.value)}`;
    return { sentence: say`There is no ${span(path)}: ${observed}, not a directory.`, observed };
  }
  const similar = (seen.value.entries ?? []).filter((entry) => resembles(entry, name));
  if (similar.length === 0) return { ...nothing, ...(await hintElsewhere(path, round)) };
  const sentence = say`${span(parent)} holds ${spans(similar, 3)}, but not ${span(name)}.`;
  return { sentence, observed: spans(similar, 3) };
}

/** Another case, an extension too many or too few, a space. */
function resembles(entry: string, name: string): boolean {
  const [left, right] = [entry.trim().toLowerCase(), name.trim().toLowerCase()];
  if (left === '' || right === '') return false;
  return left === right || left.startsWith(`${right}.`) || right.startsWith(`${left}.`);
}
