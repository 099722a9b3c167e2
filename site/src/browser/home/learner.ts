import type { Me } from '../../../../protocol/portal-api.ts';
import { portal } from '../page/portal.ts';

let asked: Promise<Me | null> | undefined;

/** The learner, asked for once a page; null where the course cannot be reached, and the page stays as it was built. */
export function askLearner(): Promise<Me | null> {
  asked ??= portal.me().catch((error: unknown) => {
    console.warn('Progress is not shown:', error);
    return null;
  });
  return asked;
}
