import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';

export const userNamespacesCheck: Check<Attempt> = {
  name: 'user namespaces',
  needed: 'each machine has a user namespace of its own',
  look: () => attempt('unshare', ['--user', '--map-root-user', 'true']),
  judge: (tried) =>
    tried.ok
      ? { status: 'ok', found: 'one could be made' }
      : {
          status: 'fail',
          found: tried.reason,
          mend: 'sysctl -w user.max_user_namespaces=31000 (in a container or VM: its host must allow nesting)',
        },
};
