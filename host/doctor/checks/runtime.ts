import type { RuntimeName } from '../../../protocol/runtime.ts';
import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';

/** Major and minor number. */
const oldest: Record<RuntimeName, readonly [number, number]> = { runc: [1, 1], crun: [1, 8] };

export const runtimeCheck: Check<{ runtime: RuntimeName; tried: Attempt }> = {
  name: 'runtime',
  needed: 'runc 1.1 or newer, or crun 1.8 or newer where the configuration asks for it',
  look: async ({ runtime }) => ({ runtime, tried: await attempt(runtime, ['--version']) }),
  judge({ runtime, tried }) {
    const mend = `apt-get install ${runtime}`;
    if (!tried.ok) return { status: 'fail', found: tried.reason, mend };
    const version = /^(?:runc|crun) version (\S+)/.exec(tried.output)?.[1] ?? 'of unknown version';
    const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
    const [oldMajor, oldMinor] = oldest[runtime];
    const found = `${runtime} ${version}`;
    const new_ = major > oldMajor || (major === oldMajor && minor >= oldMinor);
    return new_ ? { status: 'ok', found } : { status: 'fail', found, mend };
  },
};
