import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseSchema } from '../protocol/exercise.ts';
import { exerciseAnchor, guideAnchors } from './guide.ts';
import { exerciseFiles } from './scaffold/exercise-files.ts';

const guide = readFileSync(join(import.meta.dirname, '../docs/authoring.md'), 'utf8');
const headings = [...guide.matchAll(/^#{2,6} (.*)$/gm)].map(([, title]) =>
  title!
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-'),
);

test('what problems link to is there', () => {
  const kinds = exerciseSchema.shape.checks.element.options.map((option) => option.shape.kind.value);
  const anchors = kinds.map((kind) => exerciseAnchor(['checks', 0, 'id'], { checks: [{ kind }] }));
  expect(anchors).toContain('check-container');
  for (const anchor of [...Object.values(guideAnchors), ...anchors]) expect(headings).toContain(anchor);
});

test('a check of no known kind is of the exercise', () => {
  expect(exerciseAnchor(['checks', 0], { checks: ['x'] })).toBe('exercise');
  expect(exerciseAnchor(['checks', 0, 'kind'], { checks: [{ kind: 'contaner' }] })).toBe('exercise');
  expect(exerciseAnchor(['checks', 0], null)).toBe('exercise');
  expect(exerciseAnchor(['title'], {})).toBe('exercise');
});

test('the first exercise of the guide keeps the line by which editors know the schema', () => {
  const [line] = exerciseFiles({ slug: 'a-labelled-box', title: 'A box' })['exercise.yaml']!.split('\n');
  const [, yaml = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  expect(yaml.split('\n')[0]).toBe(line);
});
