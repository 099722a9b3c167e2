import { expect, test } from 'vitest';
import { differences } from './lock-difference.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
    'node_modules/other-cpu': { version: '1.0.0', optional: true },
  },
};
const installed = {
  packages: {
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
  },
};

test('what npm left out for another processor is no difference', () => {
  expect(differences(wanted, installed)).toEqual([]);
});

test('a missing package, another version, other contents', () => {
  const a = installed.packages['node_modules/a'];
  expect(differences(wanted, { packages: { 'node_modules/a': a } })).toEqual(['b 2.0.0 is missing']);
  const older = { version: '1.9.0', integrity: 'sha512-b' };
  expect(differences(wanted, { packages: { ...installed.packages, 'node_modules/b': older } })).toEqual([
    'b is 1.9.0, not 2.0.0',
  ]);
  const forged = { version: '2.0.0', integrity: 'sha512-c' };
  expect(differences(wanted, { packages: { ...installed.packages, 'node_modules/b': forged } })).toEqual([
    'b 2.0.0 has other contents',
  ]);
});
