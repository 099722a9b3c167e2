import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';

export const runtimeCheck: Check<Attempt> = {
  name: 'runc',
  needed: 'runc 1.1 or newer',
  look: () => attempt('runc', ['--version']),
  judge(tried) {
    if (!tried.ok) return { status: 'fail', found: tried.reason, mend: 'apt-get install runc' };
    const version = /^runc version (\S+)/.exec(tried.output)?.[1] ?? 'of unknown version';
    const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
    const new_ = major > 1 || (major === 1 && minor >= 1);
    return new_
      ? { status: 'ok', found: `runc ${version}` }
      : { status: 'fail', found: `runc ${version}`, mend: 'apt-get install runc' };
  },
};
