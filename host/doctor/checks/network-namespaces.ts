import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';

export const networkNamespacesCheck: Check<Attempt> = {
  name: 'network namespaces',
  needed: 'each machine has a network of its own, joined by a veth pair',
  needsRoot: true,
  look: () =>
    attempt('unshare', ['--net', 'ip', 'link', 'add', 'camp0', 'type', 'veth', 'peer', 'name', 'camp1']),
  judge: (tried) =>
    tried.ok
      ? { status: 'ok', found: 'one with a veth pair could be made' }
      : { status: 'fail', found: tried.reason, mend: 'apt-get install iproute2; modprobe veth' },
};
