import { expect, test } from 'vitest';
import { cleanName } from './tab-rename.ts';

test('a name is one line without control characters, not too long, or none', () => {
  expect(cleanName('  build\u001b[31m\n🐳 ')).toBe('build [31m 🐳');
  expect(cleanName('a\u202eb')).toBe('a b');
  expect(cleanName(' \t ')).toBeNull();
  expect(cleanName('x'.repeat(99))).toHaveLength(40);
});
