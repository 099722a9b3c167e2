import { expect, test } from 'vitest';
import { neededPackages } from '../host/setup/debian-packages.ts';
import { machineRequirements } from '../machine/requirements.ts';

test('what machine/ requires is installed by set-up', () => {
  const names = neededPackages('run').map((row) => row.package);
  for (const { package: name } of machineRequirements) expect(names).toContain(name);
});
