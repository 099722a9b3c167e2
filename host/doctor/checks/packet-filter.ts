import { existsSync } from 'node:fs';
import { attempt } from '../attempt.ts';
import type { Check } from '../check.ts';

interface PacketFilterFacts {
  loaded: boolean;
  loadable: boolean;
}

/** A machine cannot load kernel modules, so iptables in it works only where the host has the module. */
export const packetFilterCheck: Check<PacketFilterFacts> = {
  name: 'packet filter',
  needed: 'the kernel module ip_tables, for the networks of Docker in the machines',
  look: async () => ({
    loaded: existsSync('/proc/net/ip_tables_names'),
    loadable: (await attempt('modprobe', ['--dry-run', 'ip_tables'])).ok,
  }),
  judge({ loaded, loadable }) {
    if (loaded) return { status: 'ok', found: 'ip_tables is there' };
    if (loadable) return { status: 'ok', found: 'ip_tables is loaded when the course starts' };
    const mend =
      'modprobe ip_tables (in a container: on its host); where the kernel lacks it: apt-get install linux-image-amd64';
    return { status: 'fail', found: 'ip_tables is neither loaded nor to be had', mend };
  },
};
