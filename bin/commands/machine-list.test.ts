import { expect, test } from 'vitest';
import { machinesText } from './machine-list.ts';

test('where nothing was built it says so, and what builds it', () => {
  expect(machinesText([])).toMatch(/^Nothing has been built yet; .*chrootcamp machine build\.\n$/);
});
