/** Which programs a container's command runs: what only stands in it, as a word to print, is none of them. */
import { shellGrammar } from '../shell-grammar.ts';
import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { Seen } from '../finding.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import type { InspectedContainer } from './container-seen.ts';

const shells = new Set(['sh', 'ash', 'bash', 'dash']);
/** They run the program that stands behind them. */
const starters = new Set(['busybox', 'command', 'env', 'exec', 'nice', 'nohup', 'setsid', 'time']);
/** A shell's own words, which run nothing. */
const grammar = new Set(['', ...shellGrammar]);
const maxLineChars = 4_096;
const maxShown = 4;

/** Without their directories; of `sh -c LINE` the shell and what the line runs. */
export function programsIn(command: readonly string[]): string[] {
  const [program, behind] = programAt(command);
  if (program === null) return command.slice(0, 1).map(nameOf);
  if (!shells.has(program)) return [program];
  const option = behind.findIndex((word) => /^-[a-z]*c$/.test(word));
  return option === -1 ? [program] : [program, ...programsInLine(behind[option + 1] ?? '')];
}

/** No parser of the shell's language: the first word of each part between what ends a command or begins one. */
function programsInLine(line: string): string[] {
  const plain = line
    .slice(0, maxLineChars)
    .replaceAll(/'[^']*'/g, (quoted) => quoted.replaceAll(/[\s;&|()`]/g, '_'))
    .replaceAll(/"[^"]*"/g, (quoted) => quoted.replaceAll(/[;&|\n]/g, '_'));
  return plain.split(/[;&|()`\n]/).flatMap((part) => {
    const words = part.replaceAll(/["']/g, '').split(/\s+/);
    const first = words.findIndex((word) => !grammar.has(word));
    const [program] = first === -1 ? [null] : programAt(words.slice(first));
    return program === null ? [] : [program];
  });
}

function programAt(words: readonly string[]): [program: string | null, behind: readonly string[]] {
  const at = words.findIndex((word) => !starters.has(nameOf(word)) && !/^-|^[A-Za-z_]\w*=/.test(word));
  return at === -1 ? [null, []] : [nameOf(words[at]!), words.slice(at + 1)];
}

function nameOf(word: string): string {
  return word.split('/').at(-1)!;
}

export function programFacets({ program }: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  if (program === undefined) return [];
  return [
    {
      asked: say`program ${span(program)}`,
      met: ({ detail }) => programsIn(detail.words).includes(program),
      miss: ({ summary, detail }) => {
        const [first = ''] = detail.words;
        if (/\s/.test(first)) return inOneWord(summary.name, { first, program });
        const command = span(detail.command);
        const runs = spans(programsIn(detail.words), maxShown);
        const sentence =
          runs === command
            ? say`The command of container ${span(summary.name)} is ${command}; the task asks for ${span(program)}.`
            : say`The command of container ${span(summary.name)} is ${command}, which runs ${runs}; the task asks for the program ${span(program)}.`;
        return { sentence, observed: say`command ${command}` };
      },
    },
  ];
}

/** With quotes around a whole line, Docker looks for a program whose name has spaces in it. */
function inOneWord(name: string, { first, program }: { first: string; program: string }): Seen {
  return {
    sentence: say`Container ${span(name)} was told to run ${span(first)}, with its spaces the name of one program; the task asks for the program ${span(program)}.`,
    observed: say`command ${span(first)}`,
    hint: say`Quotes around several words make them one: leave them out.`,
  };
}
