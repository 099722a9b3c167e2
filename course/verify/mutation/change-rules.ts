import { readWords, type Flag, type ReadWords } from './docker-words.ts';
import type { Edit } from './mutant.ts';
import type { SimpleCommand } from './shell-script.ts';
import type { Word } from './shell-word.ts';

/** Every change of a command's arguments, in the order of its words. */
export function changesOf(command: SimpleCommand): Edit[] {
  const program = (command.words[0]?.literal ?? '').replace(/^.*\//, '');
  const files = command.redirections.filter(({ operator }) => /^\d*(?:>>?|>\||<)$|^&>/.test(operator));
  const edits = [
    // `script` stands for the learner's terminal; only the command in it is theirs.
    ...(program === 'script' ? [] : ofWords(command.words, program)),
    ...command.words.flatMap(exitCodes),
    ...files.flatMap(({ target }) => fileNames(target)),
  ];
  return edits.toSorted((left, right) => left.start - right.start);
}

function ofWords(words: readonly Word[], program: string): Edit[] {
  const read = readWords(words);
  const isDocker = program === 'docker';
  const values = read.flags.flatMap(valueChanges);
  const flags = read.flags.flatMap(flagDrops);
  if (isDocker) return [...flags, ...values, ...dockerOperands(read)];
  if (program === 'answer') return answerText(words);
  const numbers = /^(?:chmod|chown|mkfifo)$/.test(program)
    ? read.operands.slice(0, 1).flatMap(eachNumber)
    : [];
  return [...flags, ...values, ...numbers, ...read.operands.filter((word) => !isSource(word)).flatMap(paths)];
}

/** A whole script in one word is a command of its own, read elsewhere. */
function isSource({ literal }: Word): boolean {
  return literal !== null && /\s/.test(literal);
}

function dockerOperands({ verb, operands, inner }: ReadWords): Edit[] {
  const [first, second] = operands;
  if (first === undefined) return [];
  switch (verb) {
    case 'run':
    case 'create':
      return [...images(first), ...innerDropped(inner), ...innerChanges(inner)];
    case 'exec':
      return innerChanges(inner);
    case 'pull':
    case 'images':
      return operands.flatMap(images);
    case 'build':
      return paths(first);
    case 'tag':
    case 'rename':
    case 'commit':
      return second === undefined ? [] : suffixed('name', second);
    case 'cp':
      return operands.flatMap(paths);
    case 'network create':
    case 'volume create':
      return suffixed('name', first);
    default:
      return [];
  }
}

function innerDropped(inner: readonly Word[]): Edit[] {
  const [first] = inner;
  const last = inner.at(-1);
  if (first === undefined || last === undefined) return [];
  const change = `drop command ${inner
    .map(({ raw }) => raw)
    .join(' ')
    .replaceAll(/\s+/g, ' ')}`;
  return [{ start: first.start - 1, end: last.end, replacement: '', change }];
}

function innerChanges(inner: readonly Word[]): Edit[] {
  return inner.length === 0 ? [] : ofWords(inner, (inner[0]!.literal ?? '').replace(/^.*\//, ''));
}

function images(word: Word): Edit[] {
  const { literal } = word;
  if (literal === null || literal !== word.raw) return [];
  const colon = literal.lastIndexOf(':');
  const [name, tag] =
    colon > literal.lastIndexOf('/') ? [literal.slice(0, colon), literal.slice(colon + 1)] : [literal, null];
  const edits = [whole(word, name === 'busybox' ? 'debian' : 'busybox', 'image')];
  if (tag !== null) edits.push(whole(word, `${name}:${tag === 'latest' ? 'other' : 'latest'}`, 'tag'));
  return edits;
}

/** Each letter of `-it` by itself; a flag with a value together with it. */
function flagDrops({ word, name, value }: Flag): Edit[] {
  if (word.literal !== word.raw && !name.startsWith('--')) return [];
  const end = value?.end ?? word.end;
  const all: Edit = {
    start: word.start - 1,
    end,
    replacement: '',
    change: `drop flag ${value === null ? word.raw : `${word.raw} ${value.raw}`}`,
  };
  if (!/^-[A-Za-z]{2,3}$/.test(name)) return [all];
  return name
    .slice(1)
    .split('')
    .map((letter, index) => {
      const replacement = `-${name.slice(1, index + 1)}${name.slice(index + 2)}`;
      const last = value !== null && index === name.length - 2;
      return {
        start: word.start,
        end: last ? value.end : word.end,
        replacement,
        change: `drop flag -${letter}${last ? ` ${value.raw}` : ''}`,
      };
    });
}

const named =
  /^--(?:name|hostname|network|net|network-alias|label|env|tag|volumes-from|project-name)$|^-[ehlt]$/;
const counted =
  /^--(?:memory|memory-reservation|memory-swap|cpus|cpu-shares|pids-limit|user|userspec|uid|gid|shm-size|stop-timeout)$|^-[mu]$/;

function valueChanges({ word, name: cluster, value }: Flag): Edit[] {
  // Of `-dp 80:80` it is the last that has the value.
  const name = value !== null && /^-\w+$/.test(cluster) ? `-${cluster.at(-1)}` : cluster;
  const from = value ?? valuePart(word);
  if (from === null || from.literal === null) return [];
  if (/^--publish$|^-p$/.test(name)) return ports(from);
  if (counted.test(name)) return eachNumber(from);
  if (/^--volume$|^-v$/.test(name)) return [...volumeParts(from), ...paths(from)];
  const whole = named.test(name) ? suffixed('name', from) : [];
  return [...whole, ...paths(from), ...option(from, ',readonly'), ...option(from, ',ro')];
}

/** Of `--name=web` the part after the sign, as a word. */
function valuePart(word: Word): Word | null {
  const sign = word.raw.indexOf('=');
  if (sign === -1 || word.literal === null) return null;
  const raw = word.raw.slice(sign + 1);
  return { raw, literal: raw, start: word.start + sign + 1, end: word.end };
}

function volumeParts(word: Word): Edit[] {
  const [, volume] = /^([A-Za-z0-9][\w.-]*):/.exec(word.raw) ?? [];
  const edits = option(word, ':ro');
  if (volume !== undefined)
    edits.unshift(within(word, { at: 0, from: volume, to: `${volume}-other`, rule: 'name' }));
  return edits;
}

function option(word: Word, text: string): Edit[] {
  const at = word.raw.lastIndexOf(text);
  if (at === -1 || /\w/.test(word.raw[at + text.length] ?? '')) return [];
  return [
    {
      start: word.start + at,
      end: word.start + at + text.length,
      replacement: '',
      change: `drop ${text.slice(1)} of ${word.raw}`,
    },
  ];
}

function ports(word: Word): Edit[] {
  return [...word.raw.matchAll(/(?<![\d.])\d{1,5}(?![\d.])/g)].map((port) => bumped(word, port, 'port'));
}

function eachNumber(word: Word): Edit[] {
  if (word.literal === null) return [];
  return [...word.raw.matchAll(/\d+(?![\d.])/g)].map((number) => bumped(word, number, 'number'));
}

function exitCodes(word: Word): Edit[] {
  if (word.literal === null || !isSource(word)) return [];
  return [...word.raw.matchAll(/(?<=\bexit )\d{1,3}\b/g)].map((code) => bumped(word, code, 'exit'));
}

function bumped(word: Word, { 0: digits, index }: RegExpExecArray, rule: string): Edit {
  const next = String(Number(digits) + (rule === 'exit' && digits === '255' ? -1 : 1)).padStart(
    digits.length,
    '0',
  );
  const edit = within(word, { at: index, from: digits, to: next, rule });
  if (rule === 'exit') return edit;
  const changed = word.raw.slice(0, index) + next + word.raw.slice(index + digits.length);
  return { ...edit, change: `${rule} ${word.raw} -> ${changed}` };
}

/** Absolute and home paths, and those with a slash in them. Where nothing is kept, nothing changes: `/dev/null`. */
function paths(word: Word): Edit[] {
  if (word.literal === null || word.literal.includes('://')) return urlPorts(word);
  return [...word.raw.matchAll(/(?:~|\.{1,2}|[\w@.-]+)?(?:\/[\w@.+-]+)+/g)]
    .filter(({ 0: path }) => !/^\/(?:dev|proc)\//.test(path))
    .map(({ 0: path, index }) => within(word, { at: index, from: path, to: `${path}-other`, rule: 'path' }));
}

function urlPorts(word: Word): Edit[] {
  if (word.literal === null) return [];
  return [...word.raw.matchAll(/(?<=:)\d{2,5}(?=\/|$)/g)].map((port) => bumped(word, port, 'port'));
}

function fileNames(word: Word): Edit[] {
  if (word.literal === null || word.literal === '' || /^\/(?:dev|proc)\//.test(word.literal)) return [];
  const quote = /['"]$/.exec(word.raw)?.[0] ?? '';
  return [whole(word, `${word.raw.slice(0, word.raw.length - quote.length)}-other${quote}`, 'path')];
}

/** The first word is which question; what follows is the answer. */
function answerText(words: readonly Word[]): Edit[] {
  return words.slice(2).flatMap((word) => (word.literal === null ? [] : suffixed('answer', word)));
}

function suffixed(rule: string, word: Word): Edit[] {
  if (word.literal === null || word.literal === '') return [];
  const quote = /['"]$/.exec(word.raw)?.[0] ?? '';
  return [whole(word, `${word.raw.slice(0, word.raw.length - quote.length)}-other${quote}`, rule)];
}

function whole(word: Word, to: string, rule: string): Edit {
  return within(word, { at: 0, from: word.raw, to, rule });
}

function within(word: Word, change: { at: number; from: string; to: string; rule: string }): Edit {
  const start = word.start + change.at;
  const { from, to, rule } = change;
  return { start, end: start + from.length, replacement: to, change: `${rule} ${from} -> ${to}` };
}
