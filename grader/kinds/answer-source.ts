import type { AnswerSource } from '../../protocol/checks/answer.ts';
import { evaluate, TooMuchWork } from '../expression/evaluate.ts';
import { lookFor } from '../expression/look.ts';
import { parseExpression } from '../expression/parse.ts';
import { seenIn } from '../expression/tree.ts';
import { unreadable, type Blindness } from '../finding.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { isFoundContainer, describeFind } from './container-find.ts';

/** What the machine says: several values where several containers are meant. `nothing`: there is nothing to ask yet. */
export type Truth =
  | { outcome: 'values'; values: string[] }
  | { outcome: 'nothing'; sentence: string }
  | { outcome: 'blind'; blindness: Blindness };

const maxInspected = 20;

export async function readTruth(source: AnswerSource, round: Round): Promise<Truth> {
  switch (source.from) {
    case 'kernel': {
      const kernel = await round.kernel();
      return kernel.ok ? values([kernel.value[source.field]]) : { outcome: 'blind', blindness: kernel };
    }
    case 'file':
      return readFileTruth(source, round);
    case 'container':
      return readContainerTruth(source, round);
    case 'image':
      return readImageTruth(source, round);
    case 'docker-info':
      return fieldOf([await round.rawDocker('/info')], source.field);
    case 'expression':
      return readExpressionTruth(source.value, round);
  }
}

async function readExpressionTruth(text: string, round: Round): Promise<Truth> {
  const expression = parseExpression(text);
  const looked = await lookFor(seenIn(expression), round);
  if (!looked.ok) return { outcome: 'blind', blindness: looked };
  try {
    const value = evaluate(expression, looked.see);
    if (value !== null) return values([String(value)]);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return { outcome: 'blind', blindness: unreadable(say`there is too much of it`) };
  }
  const sentence = say`What this asks about is not there yet, so there is nothing to compare your answer with.`;
  return { outcome: 'nothing', sentence };
}

function values(found: string[]): Truth {
  return { outcome: 'values', values: found };
}

function nothing(what: string): Truth {
  const sentence = say`There is no ${what} yet, so there is nothing to compare your answer with.`;
  return { outcome: 'nothing', sentence };
}

async function readFileTruth(
  { path, pattern }: Extract<AnswerSource, { from: 'file' }>,
  round: Round,
): Promise<Truth> {
  const file = await round.file(path);
  if (!file.ok) return { outcome: 'blind', blindness: file };
  if (!file.value.exists) return nothing(span(path));
  const text = file.value.text;
  if (text === undefined) return { outcome: 'blind', blindness: unreadable(say`it is not a readable file`) };
  if (pattern === undefined) return values([text.trim()]);
  const group = new RegExp(pattern, 'mu').exec(text.slice(0, 64 * 1024))?.[1];
  return group === undefined ? nothing(say`answer in ${span(path)}`) : values([group]);
}

async function readContainerTruth(
  { find, field }: Extract<AnswerSource, { from: 'container' }>,
  round: Round,
): Promise<Truth> {
  const [containers, images] = await Promise.all([round.containers(), round.images()]);
  if (!containers.ok) return { outcome: 'blind', blindness: containers };
  if (!images.ok) return { outcome: 'blind', blindness: images };
  const found = containers.value.filter((container) => isFoundContainer(find, container, images.value));
  if (found.length === 0) return nothing(describeFind(find));
  if (field === 'Id') return values(found.map((container) => container.id));
  const looks = found.slice(0, maxInspected).map(({ id }) => round.rawDocker(`/containers/${id}/json`));
  return fieldOf(await Promise.all(looks), field);
}

async function readImageTruth(
  { reference, field }: Extract<AnswerSource, { from: 'image' }>,
  round: Round,
): Promise<Truth> {
  const images = await round.images();
  if (!images.ok) return { outcome: 'blind', blindness: images };
  const [id] = images.value.idsOf(reference);
  if (id === undefined) return nothing(say`image ${span(reference)}`);
  if (field === 'Id') return values([id]);
  return fieldOf([await round.rawDocker(`/images/${id}/json`)], field);
}

function fieldOf(looks: readonly Observation<unknown>[], field: string): Truth {
  const found: string[] = [];
  for (const look of looks) {
    if (!look.ok) return { outcome: 'blind', blindness: look };
    const value = field.split('.').reduce<unknown>(ownProperty, look.value);
    if (typeof value === 'string' && value !== '') found.push(value.slice(0, 4_096));
    if (typeof value === 'number' || typeof value === 'boolean') found.push(String(value));
  }
  if (found.length > 0) return values(found);
  return { outcome: 'blind', blindness: unreadable(say`Docker did not tell it`) };
}

/** Own properties only, list items by number. */
function ownProperty(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
