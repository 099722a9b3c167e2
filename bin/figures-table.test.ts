import { expect, test } from 'vitest';
import { figuresTable } from './figures-table.ts';

test('a row a figure, with what it is to reach', () => {
  const text = figuresTable([
    { name: 'cold start, median', value: 812.345, unit: 'ms', reach: 1_500 },
    { name: 'memory', value: 39, unit: 'MB' },
  ]);
  expect(text).toBe(
    'WHAT                MEASURED  TO REACH\n' +
      'cold start, median  812 ms    1500 ms\n' +
      'memory              39 MB\n',
  );
});

test('what was measured beside others has a column for each', () => {
  const text = figuresTable([
    { name: 'echo', contender: 'ours', value: 1, unit: 'ms', reach: 2 },
    { name: 'floods', contender: 'ours', value: 9, unit: 'MB/s' },
    { name: 'echo', contender: 'theirs', value: 0.5, unit: 'ms' },
  ]);
  expect(text).toBe(
    'WHAT    OURS    THEIRS  TO REACH\n' + 'echo    1 ms    0.5 ms  2 ms\n' + 'floods  9 MB/s\n',
  );
});
