const style =
  ':root { color-scheme: light dark } body { margin: 2rem } pre { overflow-x: auto } :target { outline: 3px solid }';

/** The authors' guide as a page: its words as they stand in the file, and headings that a fault can link to. */
export function guidePage(markdown: string): string {
  const parts: string[] = [];
  let words: string[] = [];
  let isFenced = false;
  const endWords = (): void => {
    const text = words.join('\n').trim();
    if (text !== '') parts.push(`<pre>${escaped(text)}</pre>`);
    words = [];
  };
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isFenced = !isFenced;
    const [, marks, title] = (!isFenced && /^(#{1,6}) (.+)$/.exec(line)) || [];
    if (marks === undefined || title === undefined) {
      words.push(line);
      continue;
    }
    endWords();
    parts.push(`<h${marks.length} id="${anchorOf(title)}">${escaped(title)}</h${marks.length}>`);
  }
  endWords();
  const head = `<meta charset="utf-8"><title>docs/authoring.md</title><style>${style}</style>`;
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body>\n${parts.join('\n')}\n</body></html>\n`;
}

/** As on the sites that show Markdown. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
