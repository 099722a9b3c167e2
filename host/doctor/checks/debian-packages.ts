import { missingPackages } from '../../setup/debian-packages.ts';
import type { NeededPackage } from '../../setup/debian-packages.ts';
import type { Check } from '../check.ts';

export const debianPackagesCheck: Check<{ missing: NeededPackage[] }> = {
  name: 'Debian packages',
  needed: 'the packages of host/packages.json',
  look: async ({ runtime }) => ({ missing: await missingPackages('run', runtime) }),
  judge({ missing }) {
    if (missing.length === 0) return { status: 'ok', found: 'all are installed' };
    const names = missing.map((row) => row.package).join(' ');
    // Starting installs them; so this hinders nothing.
    return {
      status: 'warn',
      found: `missing: ${names}`,
      mend: `chrootcamp start, or: apt-get install ${names}`,
    };
  },
};
