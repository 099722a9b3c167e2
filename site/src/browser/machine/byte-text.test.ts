import { expect, test } from 'vitest';
import { describeBytes } from './byte-text.ts';

test('bytes as one reads them', () => {
  const written = [0, 999, 1_000, 9_960, 1_500_000, 1024 ** 3, 6 * 1024 ** 3, 999_600_000].map(describeBytes);
  expect(written).toEqual(['0 B', '999 B', '1.0 kB', '10 kB', '1.5 MB', '1.1 GB', '6.4 GB', '1.0 GB']);
});
