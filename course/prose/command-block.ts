/** What a lesson has the learner type: its shell blocks, and what their authors say of running them. */
import { closest } from '../closest.ts';
import { guideAnchors } from '../guide.ts';
import type { Problem } from '../problem.ts';
import { fencesIn, type Fence } from '../fence.ts';
import { keyBytes, keyNames } from './keys.ts';

export interface CommandBlock {
  /** Of the opening fence, from 1. */
  line: number;
  lines: string[];
  /** Why it is not run by `course verify --prose`. */
  unproven: string | null;
  /** Of its commands, in order; a single one is of the last, and what is absent is 0. */
  exits: readonly number[];
  /** Pressed when the last command has said its first words, instead of waiting for its end. */
  keys: readonly string[];
}

const shells = ['sh', 'bash', 'shell'];
const own = ['run', 'unproven', 'exits', 'keys'];
/** Of expressive-code: how a block looks. */
const looks = ['title', 'frame', 'wrap', 'preserveIndent', 'mark', 'ins', 'del', 'collapse'];

/** The blocks that are typed into a shell, and what is wrong with how they are marked. */
export function commandBlocksIn(file: string, text: string): { blocks: CommandBlock[]; problems: Problem[] } {
  const blocks: CommandBlock[] = [];
  const problems: Problem[] = [];
  for (const fence of fencesIn(text)) {
    if (!shells.includes(fence.language)) continue;
    const { block, faults } = readBlock(fence);
    blocks.push(block);
    const at = { line: fence.line, column: 1 };
    problems.push(...faults.map((message) => ({ file, at, message, guide: guideAnchors.commands })));
  }
  return { blocks, problems };
}

function readBlock({ line, meta, lines }: Fence): { block: CommandBlock; faults: string[] } {
  const words = new Map(
    [
      ...meta.matchAll(
        /([A-Za-z][\w-]*)(?:=(?:"([^"]*)"|'([^']*)'|(\{[^}]*\}|\S+)))?|"[^"]*"|\{[^}]*\}|\/[^/]*\//g,
      ),
    ]
      .filter(([, key]) => key !== undefined)
      .map(([, key, double, single, bare]) => [key!, double ?? single ?? bare ?? null]),
  );
  const faults: string[] = [];
  for (const key of words.keys()) {
    if (own.includes(key) || looks.includes(key)) continue;
    const meant = closest(key, [...own, ...looks]);
    const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
    faults.push(
      `unknown word \`${key}\` behind the language; expected one of \`${own.join('`, `')}\`${hint}`,
    );
  }
  const unproven = words.has('unproven') ? (words.get('unproven') ?? '') : null;
  if (unproven !== null && unproven.length < 10) {
    faults.push('`unproven` gives no reason; expected one, like `unproven="needs a second learner"`');
  }
  const exits = (words.get('exits') ?? '').split(/\s+/).filter((word) => word !== '');
  if (
    words.has('exits') &&
    (exits.length === 0 || !exits.every((word) => /^(?:[01]?\d?\d|2[0-4]\d|25[0-5])$/.test(word)))
  ) {
    faults.push(
      '`exits` is no list of exit codes; expected numbers to 255, one for each command, like `exits="0 127"`',
    );
  }
  const keys = (words.get('keys') ?? '').split(/\s+/).filter((word) => word !== '');
  const strange = keys.find((key) => keyBytes(key) === null);
  if (words.has('keys') && (keys.length === 0 || strange !== undefined)) {
    faults.push(
      `\`keys\` has \`${strange ?? ''}\`, which is no key; expected words like \`ctrl-c\`, or one of \`${keyNames.join('`, `')}\``,
    );
  }
  const prompt = lines.findIndex((each) => each.startsWith('$ '));
  if (prompt !== -1) {
    faults.push(
      `its line ${prompt + 1} begins with a prompt; expected commands alone, or \`console\` for what a terminal showed`,
    );
  }
  return { block: { line, lines, unproven, exits: exits.map(Number), keys }, faults };
}
