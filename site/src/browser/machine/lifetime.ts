import { say } from '../page/say.ts';
import type { LifetimeState } from '../../../../protocol/portal-api.ts';
import { describeNews, describeWarning } from './lifetime-text.ts';
import type { MachineNotice } from './machine-notice.ts';

export interface LifetimeDeeds {
  extend: () => Promise<void>;
  readNews: () => void;
}

/** What the frame says of the time a machine has. `nowMs` is of `performance.now()`, when the state was told. */
export function lifetimeNotices(
  { warning, news }: LifetimeState,
  { extend, readNews }: LifetimeDeeds,
  nowMs: number,
): MachineNotice[] {
  const notices: MachineNotice[] = [];
  if (warning) {
    notices.push({
      id: 'lifetime',
      text: describeWarning(warning),
      endsAtMs: nowMs + warning.stopsInMs,
      ...(warning.canExtend && { action: { text: say`Keep it running`, press: extend } }),
    });
  }
  if (news) notices.push({ id: 'news', text: describeNews(news), dismiss: readNews });
  return notices;
}
