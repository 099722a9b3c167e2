export interface FigureOptions {
  /** Text of the SVG file. */
  source: string;
  /** What the picture says, for who cannot see it. */
  alt: string;
  /** Named in errors. */
  path: string;
  /** Put before every id, so that two figures on a page cannot clash. */
  idPrefix: string;
}

/**
 * Makes an SVG file ready to stand in a page: named for assistive technology, ids made unique, sized by its viewBox.
 *
 * @throws Error where the file is no SVG, has no viewBox, or holds a script
 */
export function prepareFigure({ source, alt, path, idPrefix }: FigureOptions): string {
  const start = source.search(/<svg[\s>]/);
  const end = source.lastIndexOf('</svg>');
  if (start === -1 || end === -1) throw new Error(`${path} is no SVG: expected <svg …>…</svg>.`);
  let svg = source.slice(start, end + '</svg>'.length);
  if (!/^<svg[^>]*\sviewBox="/.test(svg))
    throw new Error(`${path} has no viewBox: expected one on its <svg>.`);
  if (/<script|\son[a-z]+\s*=|javascript:/i.test(svg)) {
    throw new Error(
      `${path} holds a script: expected a drawing alone. Remove <script>, on… and javascript:.`,
    );
  }
  svg = svg
    .replace(/<!--.*?-->/gs, '')
    .replace(/\sid="([^"]+)"/g, ` id="${idPrefix}$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${idPrefix}$1)`)
    .replace(/\s((?:xlink:)?href)="#([^"]+)"/g, ` $1="#${idPrefix}$2"`);
  return svg.replace(/^<svg[^>]*>/, (tag) =>
    tag
      .replace(/\s(?:width|height|role|aria-[a-z]+|xmlns)="[^"]*"/g, '')
      .replace(/^<svg/, `<svg role="img" aria-label="${escapeAttribute(alt)}"`),
  );
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
