import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseAnchor, guideAnchors } from '../../course/guide.ts';
import { guidePage } from './guide-page.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/authoring.md'), 'utf8');

test('what faults link to is a heading of the page', () => {
  const html = guidePage(guide);
  const anchors = [
    ...Object.values(guideAnchors),
    exerciseAnchor(['checks', 0, 'id'], { checks: [{ kind: 'container' }] }),
  ];
  for (const anchor of anchors) expect(html).toMatch(new RegExp(`<h[2-6] id="${anchor}">`));
});

test('words stand as they are written, headings apart; what a fence holds is no heading', () => {
  expect(guidePage('# A <course>\n\nTwo & more.\n\n```sh\n# no heading\n```\n## Check: `x`\n')).toContain(
    '<h1 id="a-course">A &lt;course></h1>\n<pre>Two &amp; more.\n\n```sh\n# no heading\n```</pre>\n<h2 id="check-x">Check: `x`</h2>',
  );
});
