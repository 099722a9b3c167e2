/** What MDX reads as more than words: braces and tags. A fault in them would only show where the pages are built. */
import { guideAnchors } from './guide.ts';
import { blanked, placeOf } from './lesson-text.ts';
import type { Problem } from './problem.ts';

/** Code that goes on in the next line; `blanked` knows the rest. */
const wrappedCode = /(?<!`)(?<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)\k<ticks>(?!`)/g;
const tags =
  /(?<!\\)<(?<slash>\/?)(?<name>[A-Za-z][\w.-]*)(?<attributes>(?:\s(?:"[^"]*"|'[^']*'|[^"'>])*?)?)(?<selfClosing>\/?)>/g;

/** `bodyStart`: where the frontmatter ends. */
export function markupFaults(file: string, text: string, bodyStart: number): Problem[] {
  const body = blanked(text.slice(bodyStart)).replaceAll(wrappedCode, spaces);
  const found = [...unpaired(body), ...stray(body.replaceAll(tags, spaces))];
  return found
    .toSorted((left, right) => left.index - right.index)
    .map(({ index, message }) => ({
      file,
      at: placeOf(text, bodyStart + index),
      message,
      guide: guideAnchors.lessons,
    }));
}

interface Found {
  index: number;
  message: string;
}

function spaces(match: string): string {
  return match.replaceAll(/[^\n]/g, ' ');
}

function* unpaired(body: string): Generator<Found> {
  const open: { name: string; index: number }[] = [];
  for (const { index, groups } of body.matchAll(tags)) {
    const { slash, name = '', selfClosing } = groups!;
    if (slash === '') {
      if (selfClosing === '') open.push({ name, index });
    } else if (open.at(-1)?.name === name) {
      open.pop();
    } else if (open.some((tag) => tag.name === name)) {
      while (open.at(-1)!.name !== name) yield neverClosed(open.pop()!);
      open.pop();
    } else {
      yield { index, message: `\`</${name}>\` closes nothing; expected \`<${name}>\` before it` };
    }
  }
  for (const tag of open) yield neverClosed(tag);
}

function neverClosed({ name, index }: { name: string; index: number }): Found {
  const message = `\`<${name}>\` is never closed; expected \`</${name}>\` behind it, \`<${name} />\` where it holds nothing, or \`\\<\` where no tag is meant`;
  return { index, message };
}

function* stray(words: string): Generator<Found> {
  for (const { 0: mark, index } of words.matchAll(/(?<!\\)(?:[{}]|<!--|<)/g)) {
    const message =
      mark === '<!--'
        ? '`<!--` begins no comment in a lesson; expected `{/* … */}`'
        : mark === '<'
          ? '`<` begins a tag, and none follows; expected `\\<`, or code between backticks'
          : `\`${mark}\` is of an expression, which a lesson has none of; expected \`\\${mark}\`, or code between backticks`;
    yield { index, message };
  }
}
