import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { closeCodes } from '../protocol/close-codes.ts';

test('docs/terminal.md has the table of close codes as it is', () => {
  const text = readFileSync(new URL('../docs/terminal.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| (4\d{3}) \| ([\w-]+) +\| (yes|no) +\| (.*?) +\|$/gm)].map(
    ([, code, name, again, means]) => ({ code: Number(code), name, retry: again === 'yes', means }),
  );
  expect(rows).toEqual(Object.entries(closeCodes).map(([code, row]) => ({ code: Number(code), ...row })));
});
