import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sayReason } from './reasons.ts';
import { saying } from './say.ts';

const reasonPattern = /unreadable\('[^']+'\)/g;

/** What observers and rounds give as reasons, in their sources. */
const given = [join(import.meta.dirname, '../sandbox-client'), import.meta.dirname].flatMap((directory) =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name) && name !== 'reasons.ts')
    .flatMap((name) => readFileSync(join(directory, name), 'utf8').match(reasonPattern) ?? [])
    .map((match) => /'([^']+)'/.exec(match)?.[1] ?? ''),
);

test('each reason that is given can be said in another language', () => {
  expect(given.length).toBeGreaterThan(10);
  for (const reason of given) {
    const catalogue = new Map([[reason, 'auf Deutsch']]);
    expect(
      saying(catalogue, () => sayReason(reason)),
      reason,
    ).toBe('auf Deutsch');
  }
});

test('any other comes as it is', () => {
  expect(saying(new Map([['a', 'b']]), () => sayReason('ELOOP'))).toBe('ELOOP');
});
