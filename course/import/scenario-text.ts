/** A scenario's Markdown, with its marks, as a lesson's MDX. */

export interface LessonText {
  mdx: string;
  /** The commands that the text has the reader run, in order. */
  commands: string[];
  /** Pictures it shows, by their path in the scenario. */
  pictures: string[];
  /** What was found and could not be carried over. */
  left: string[];
}

interface Fence {
  mark: string;
  language: string;
  lines: string[];
}

/** Blocks and spans marked `{{exec}}` become blocks with a Run button; `{{copy}}` marks go, since every block can be copied. */
export function lessonTextOf(markdown: string, { title }: { title: string }): LessonText {
  const result: LessonText = { mdx: '', commands: [], pictures: [], left: [] };
  const out: string[] = [];
  let fence: Fence | null = null;
  /** Commands of a paragraph's spans stand as blocks below it. */
  let pending: string[] = [];
  const flush = (): void => {
    for (const command of pending) out.push('', '```sh run', command, '```', '');
    pending = [];
  };
  for (const line of markdown.replaceAll(/<!--[\s\S]*?-->/g, '').split(/\r?\n/)) {
    const [, mark = '', info = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence !== null) {
      if (!mark.startsWith(fence.mark)) fence.lines.push(line);
      else {
        out.push(...fencedBlock(fence, info, result));
        fence = null;
      }
    } else if (mark !== '') {
      flush();
      fence = { mark, language: info.replaceAll(/\{\{.*?\}\}/g, '').trim(), lines: [] };
    } else if (line.trim() === '') {
      flush();
      out.push('');
    } else {
      const { text, commands } = proseLine(line, title, result);
      if (text !== null) out.push(text);
      pending.push(...commands);
      result.commands.push(...commands);
    }
  }
  flush();
  result.mdx = out
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return result;
}

function fencedBlock({ language, lines }: Fence, closing: string, result: LessonText): string[] {
  const runs = /\{\{\s*(?:exec|execute)\b/.test(closing);
  if (/\{\{\s*exec\w*\s+interrupt/.test(closing))
    result.left.push(
      'a command is to interrupt the one before: say so, and mark that one with `keys="ctrl-c"`',
    );
  if (runs) result.commands.push(lines.join('\n'));
  const head = runs ? 'sh run' : language === '' ? (closing.includes('{{copy}}') ? 'sh' : 'text') : language;
  return [`\`\`\`${head}`, ...lines, '```'];
}

function proseLine(
  line: string,
  title: string,
  result: LessonText,
): { text: string | null; commands: string[] } {
  const heading = /^(#{1,5})\s+(.*)$/.exec(line);
  if (heading !== null && heading[2]!.trim() === title.trim()) return { text: null, commands: [] };
  const commands: string[] = [];
  const marked = line.replaceAll(
    /(`+)(.+?)\1\s*\{\{\s*(exec|execute|copy)\b[^}]*\}\}/g,
    (_all, _ticks, code: string, mark: string) => {
      if (mark !== 'copy') commands.push(code.trim());
      return `\`${code}\``;
    },
  );
  // A line that was nothing but a command is only its block.
  if (commands.length === 1 && /^\s*(?:[-*]\s+)?`[^`]*`\s*$/.test(marked)) return { text: null, commands };
  const text = marked
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 1 ? part : wordsOf(part, result)))
    .join('');
  return { text: heading === null ? text : `#${text}`, commands };
}

/** Outside code, MDX reads braces and angle brackets. */
function wordsOf(text: string, result: LessonText): string {
  return text
    .replaceAll(/\{\{\s*(TRAFFIC_[A-Z0-9_]+)\s*\}\}/g, (_all, name: string) => {
      result.left.push(
        `\`{{${name}}}\` led to a port of the machine: say which port it is, this page shows it`,
      );
      return name;
    })
    .replaceAll(/!\[([^\]]*)\]\(\s*([^\s)]+)[^)]*\)/g, (_all, alt: string, src: string) =>
      picture(alt, src, result),
    )
    .replaceAll(
      /(?<!!)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)]*)\)/g,
      (_all, words: string, target: string) => {
        result.left.push(
          `the link to \`${target}\` led to a page of the other site, and only its words are kept`,
        );
        return words;
      },
    )
    .replaceAll(/<(https?:[^>\s]+)>/g, '[$1]($1)')
    .replaceAll(/<br\s*\/?>/g, '<br />')
    .replaceAll(/[{}]/g, String.raw`\$&`)
    .replaceAll(/<(?!br \/>)/g, '\\<');
}

/** A step's name, as a heading of the lesson. */
export function headingOf(title: string): string {
  const parts = title.replaceAll(/\s+/g, ' ').split(/(`+[^`]*`+)/);
  const escaped = (part: string): string => part.replaceAll(/[{}<]/g, String.raw`\$&`);
  return `## ${parts.map((part, index) => (index % 2 === 1 ? part : escaped(part))).join('')}`;
}

function picture(alt: string, src: string, result: LessonText): string {
  const name = src.split('/').at(-1)!;
  if (/^[a-z]+:/i.test(src)) {
    result.left.push(
      `the picture ${src} lies elsewhere, and is left out: a course works without the internet`,
    );
    return '';
  }
  result.pictures.push(src);
  if (alt.trim() === '')
    result.left.push(
      `the picture ${name} has no words for who cannot see it; expected some between the brackets`,
    );
  return `![${alt}](./${name})`;
}
