/** Puts the portal together and starts it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadCourse } from '../course/load.ts';
import { SandboxClient } from '../sandbox-client/client.ts';
import type { PortalConfig } from './config.ts';
import { markedForAuthors } from './dev/live-site.ts';
import { Workbench } from './dev/workbench.ts';
import { EventLedgers } from './grading/event-ledgers.ts';
import { Examiner } from './grading/examiner.ts';
import { Lessons } from './grading/lessons.ts';
import { SetUp } from './grading/set-up.ts';
import { VerdictLanguages } from './grading/verdict-languages.ts';
import { Watches } from './grading/watches.ts';
import { createApp } from './http/app.ts';
import type { EventStream } from './http/event-stream.ts';
import { listen } from './http/listen.ts';
import { OriginList, originsOf } from './http/origin.ts';
import { readCookieKey } from './learners/cookie-key.ts';
import { LearnerCookie } from './learners/learner-cookie.ts';
import { LearnerSession } from './learners/learner-session.ts';
import type { Log } from './log.ts';
import { addEgressMetrics } from './egress-metrics.ts';
import { Metrics } from './metrics.ts';
import { ProbeCount } from './network/probe-count.ts';
import { systemClock, type Clock } from './sandboxes/clock.ts';
import { SandboxQueue } from './sandboxes/queue.ts';
import { ExerciseStarts } from './sandboxes/exercise-starts.ts';
import { LearnerSandboxes } from './sandboxes/learner-sandboxes.ts';
import { stopTimes } from './sandboxes/lifetime.ts';
import { LifetimePages } from './sandboxes/lifetime-pages.ts';
import { Lifetimes } from './sandboxes/lifetimes.ts';
import { UsagePages } from './sandboxes/usage-pages.ts';
import { Site } from './site/site.ts';
import { Store } from './store/store.ts';
import { LearnerTerminals } from './terminals/learner-terminals.ts';
import { TerminalMirrors } from './terminals/mirrors.ts';
import { SocketCount } from './terminals/socket-count.ts';
import { StreamConnections } from './terminals/stream-connections.ts';
import { TerminalPages } from './terminals/terminal-pages.ts';
import { TerminalUpgrade } from './terminals/upgrade.ts';

export interface Portal extends AsyncDisposable {
  port: number;
}

/** How long browsers get to answer a close frame when the portal stops. */
const closeGraceMs = 1_000;

/**
 * Resolves when it listens. Throws EXERCISE_INVALID for a broken course, BUILD_FAILED without a built site, PORT_TAKEN.
 * The sandbox-server need not be there yet. Disposing leaves every sandbox and terminal as it is.
 */
export async function startPortal(
  config: PortalConfig,
  log: Log,
  { clock }: { clock: Clock } = { clock: systemClock },
): Promise<Portal> {
  const siteOptions = config.dev === undefined ? {} : { adapt: markedForAuthors };
  const [site, course] = await Promise.all([
    Site.load(config.siteDir, siteOptions),
    loadCourse(config.contentDir),
  ]);
  const lessons = await Lessons.of(course);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });

  const stopped = new AbortController();
  /** Later than that: what was asked for over HTTP is still answered in between. */
  const ended = new AbortController();
  const metrics = new Metrics();
  const store = new Store(join(config.dataDir, 'chrootcamp.db'));
  if (store.mending)
    log.error({ code: 'STATE_DAMAGED', ...store.mending }, 'the database was damaged and is mended');
  const copy = store.keepCopy(log);
  const client = new SandboxClient({ socketPath: config.sandboxServerSocket, signal: ended.signal });
  const rules = config.lifetimes;
  const endsAt = (): number[] => stopTimes(store.lifetimes.all(), rules);
  const queue = new SandboxQueue({ store: store.queue, owners: store.sandboxes, clock, endsAt, log });
  const sandboxes = new LearnerSandboxes({ client, store, rules, queue, log });
  const lifetimes = new Lifetimes({
    sandboxes,
    store: store.lifetimes,
    owners: store.sandboxes,
    rules,
    clock,
    onPlan: (sandboxId, plan) => {
      // It is only shown, and told again with the next change.
      client.plan(sandboxId, plan).catch((err: unknown) => log.debug({ err, sandboxId }, 'no plan told'));
    },
    onOver: (sandboxId) => mirrors.endOf(sandboxId, 4410),
    log,
  });
  // With port 0 the origins are known only once it listens; no request is answered before.
  const origins = new OriginList(config.publicOrigins);
  const cookie = new LearnerCookie({ key: readCookieKey(config.dataDir), secure: origins.areAllSecure });
  const session = new LearnerSession({ cookie, learners: store.learners });
  const { dev } = config;
  const workbench =
    dev === undefined
      ? null
      : new Workbench({
          config: { ...config, dev },
          site,
          lessons,
          session,
          client,
          sandboxes,
          log,
          signal: stopped.signal,
        });
  const setUp = new SetUp({ client, store: store.sandboxes, log, signal: stopped.signal });
  const ledgers = new EventLedgers({ store: store.dockerEvents, log });
  const languages = new VerdictLanguages();
  const examiner = new Examiner({
    client,
    sandboxes,
    store,
    setUp,
    ledgers,
    languages,
    metrics,
    log,
    signal: stopped.signal,
    tracer: workbench?.pages,
  });
  const starts = new ExerciseStarts({
    client,
    sandboxes,
    lessons,
    store,
    log,
    onRewound: (learnerId, takenAt) => ledgers.rewind(learnerId, takenAt),
    signal: stopped.signal,
  });
  examiner.onState((learnerId, item, state) => starts.onLooked(learnerId, item, state));
  const watches = new Watches({
    client,
    sandboxes,
    store: store.sandboxes,
    examiner,
    starts,
    ledgers,
    languages,
    log,
  });
  watches.accompany(new LifetimePages(lifetimes));
  watches.accompany(queue);
  workbench?.keep(watches);
  const usagePages = new UsagePages({ client, sandboxes, log });
  watches.accompany(usagePages);
  const mirrors = new TerminalMirrors({
    client,
    log,
    onCommandFinished: (id) => watches.onCommandFinished(id),
    onLineEntered: (id) => watches.onLineEntered(id),
  });
  const terminalPages = new TerminalPages();
  watches.accompany(terminalPages);
  const terminals = new LearnerTerminals({
    client,
    sandboxes,
    store: store.sandboxes,
    names: store.terminalNames,
    mirrors,
    onChange: (learnerId) => terminalPages.onChange(learnerId),
  });

  const count = new SocketCount();
  const probes = new ProbeCount();
  const onTyped = (learnerId: string): void => lifetimes.touch(learnerId);
  const connections = new StreamConnections({ terminals, count, metrics, onTyped, log });

  const streams = new Set<EventStream>();
  const app = createApp({
    site,
    origins,
    metrics,
    log,
    store,
    client,
    session,
    sandboxes,
    lifetimes,
    terminals,
    connections,
    probes,
    lessons,
    examiner,
    starts,
    watches,
    streams,
    stopping: stopped.signal,
  });
  workbench?.addRoutes(app);
  const upgrade = new TerminalUpgrade({ origins, session, terminals, count, probes, metrics, onTyped, log });
  upgrade.listenOn(app.server);
  addEgressMetrics(metrics.registry, client);
  metrics.gauge('chrootcamp_terminal_sockets', 'Terminal sockets open', () => upgrade.socketCount);
  metrics.gauge(
    'chrootcamp_terminal_streams',
    'Terminal connections without a socket',
    () => connections.size,
  );
  metrics.gauge('chrootcamp_terminal_mirrors', 'Terminals mirrored', () => mirrors.count);
  metrics.gauge('chrootcamp_lesson_pages', 'Lesson pages open', () => watches.pageCount);
  metrics.gauge('chrootcamp_learners', 'Learners known', () => store.learners.count());
  metrics.gauge('chrootcamp_queue_length', 'Learners who wait for a machine', () => queue.length);

  lifetimes.begin();
  queue.begin({ serve: (id) => sandboxes.serve(id), announce: (id) => sandboxes.announce(id) });
  const port = await listen(app, config);
  if (config.publicOrigins.length === 0) origins.add(originsOf({ host: config.host, port }));
  log.info({ port, origins: origins.toString() }, 'listening');

  return {
    port,
    async [Symbol.asyncDispose]() {
      stopped.abort();
      workbench?.[Symbol.dispose]();
      mirrors[Symbol.dispose]();
      watches[Symbol.dispose]();
      ledgers[Symbol.dispose]();
      lifetimes[Symbol.dispose]();
      connections.close();
      await queue[Symbol.asyncDispose]();
      usagePages[Symbol.dispose]();
      for (const stream of streams) stream.close();
      await upgrade.close(closeGraceMs);
      // Answers that end while it closes leave connections that Fastify would wait for.
      const idle = setInterval(() => app.server.closeIdleConnections(), 20);
      await app.close();
      clearInterval(idle);
      // What goes on in the background ends while its store is still there.
      ended.abort();
      await client.settled();
      await copy[Symbol.asyncDispose]();
      store[Symbol.dispose]();
    },
  };
}
