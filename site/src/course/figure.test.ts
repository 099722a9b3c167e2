import { expect, test } from 'vitest';
import { prepareFigure } from './figure.ts';

const options = { alt: 'A "jail" & its walls', path: 'jail.svg', idPrefix: 'figure-1-' };

test('ids and what points to them get the prefix', () => {
  const source =
    '<svg viewBox="0 0 9 9"><marker id="tip"/><path marker-end="url(#tip)"/><use href="#tip"/></svg>';
  const svg = prepareFigure({ ...options, source });
  expect(svg).toContain('<marker id="figure-1-tip"/>');
  expect(svg).toContain('url(#figure-1-tip)');
  expect(svg).toContain('href="#figure-1-tip"');
});

test('the drawing is named, and sized by its viewBox alone', () => {
  const source =
    '<?xml version="1.0"?>\n<svg width="90" height="90" viewBox="0 0 9 9" role="none"><rect width="5"/></svg>\n';
  expect(prepareFigure({ ...options, source })).toBe(
    '<svg role="img" aria-label="A &quot;jail&quot; &amp; its walls" viewBox="0 0 9 9"><rect width="5"/></svg>',
  );
});

test.each([
  ['<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>', /holds a script/],
  ['<svg viewBox="0 0 1 1"><g onload="alert(1)"/></svg>', /holds a script/],
  ['<svg width="1"></svg>', /no viewBox/],
  ['<p>no</p>', /no SVG/],
])('%s is refused', (source, message) => {
  expect(() => prepareFigure({ ...options, source })).toThrow(message);
});
