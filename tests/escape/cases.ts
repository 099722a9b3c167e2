/** Every case; their numbers are those of docs/security.md. */
import { calls } from './cases/calls.ts';
import { cgroups } from './cases/cgroups.ts';
import { devices } from './cases/devices.ts';
import { exhaustion } from './cases/exhaustion.ts';
import { files } from './cases/files.ts';
import { identity } from './cases/identity.ts';
import { network } from './cases/network.ts';
import { settings } from './cases/settings.ts';
import { sockets } from './cases/sockets.ts';
import type { EscapeCase } from './escape-case.ts';

export const cases: readonly EscapeCase[] = [
  ...identity,
  ...files,
  ...devices,
  ...cgroups,
  ...settings,
  ...calls,
  ...sockets,
  ...network,
  ...exhaustion,
];
