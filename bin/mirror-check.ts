import type { Check } from '../host/doctor/check.ts';
import { packageHosts } from '../machine/package-hosts.ts';

/** The machine is built from Debian packages of a mirror that this computer is configured with. */
export const mirrorCheck: Check<unknown> = {
  name: 'package sources',
  needed: 'a Debian mirror among the host’s apt sources, and an npm registry',
  look: packageHosts,
  judge: (facts) => ({
    status: 'ok',
    found: (facts as { host: string }[]).map(({ host }) => host).join(', '),
  }),
};
