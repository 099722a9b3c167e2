/**
 * How a lesson page hears of `LessonEvent`s (`portal-api.ts`). Free of imports: the browser bundle includes it.
 *
 * `GET /api/lessons/:module/:lesson/events` stays open. With `?wait=poll` the answer ends soon after something changed: for
 * networks that gather answers and pass them on whole. Either begins with the whole present state, so that asking again
 * loses nothing.
 */
export const lessonFeed = {
  /** Between two events `here` of an answer that stays open: they say that it does. */
  heartbeatMs: 20_000,
  /** Without an event for so long it is taken for dead, whatever the browser believes. */
  silenceMs: 45_000,
  /** How long an answer of `wait=poll` stays open where nothing changes. */
  pollMs: 10_000,
  /** What is watched for a page goes on being watched so long after such an answer. */
  lingerMs: 4_000,
  /** Between the end of such an answer and the next request. */
  pauseMs: 500,
  /** To the head of an answer that stays open. Without it by then, something gathers it. */
  patienceMs: 6_000,
  /** After so long with answers that end, one that stays open is tried again. */
  streamAgainMs: 60_000,
  /** A page that is hidden for so long lets its connection go: browsers open six to one server, for all their pages. */
  hiddenMs: 30_000,
} as const;
