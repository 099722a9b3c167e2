/**
 * What a page's network doctor measures with. Free of imports: the browser bundle includes it. All want a learner's cookie.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /api/network/echo` | 204 at once |
 * | `GET /api/network/drip` | Server-Sent Events: `dripCount` events, `dripMs` apart, each the milliseconds since the first |
 * | `GET /api/network/hold` | Server-Sent Events: one every `holdBeatMs`, for `holdMs` |
 * | `GET /api/network/socket` Upgrade, subprotocol `networkSubprotocol` | each text frame comes back; closed after `holdMs` and a little |
 */
export const networkSubprotocol = 'chrootcamp.network.v1';

export const networkProbes = {
  dripCount: 6,
  dripMs: 250,
  holdBeatMs: 2_000,
  /** Longer than the idle limits that proxies come with: 30 s and 60 s. */
  holdMs: 66_000,
  /** At once, for one learner. */
  perLearner: 6,
} as const;
