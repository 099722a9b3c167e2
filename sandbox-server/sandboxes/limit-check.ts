import { CodedError } from '../../protocol/errors.ts';
import type { LimitName, LimitOverrides, Limits } from '../../protocol/limits.ts';

/**
 * Whoever may make sandboxes may not thereby take the host: throws LIMIT_TOO_HIGH for the first limit above the
 * server's own.
 */
export function checkLimits(asked: LimitOverrides, own: Limits): void {
  for (const [name, value] of Object.entries(asked)) {
    const most = own[name as LimitName];
    if (value === undefined || value <= most) continue;
    const message = `${name} is ${value}, and this server gives at most ${most}; ask for less, or raise it in the configuration`;
    throw new CodedError('LIMIT_TOO_HIGH', message);
  }
}
