/** `start --dev`: what was edited is running a moment later. Sandboxes and terminals live through it. */
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { copyCourse } from '../course-source.ts';
import { repositoryRoot } from '../repository.ts';
import { buildSite } from '../site-build.ts';
import type { CoursePlan } from './plan.ts';
import { startRenderer } from './renderer.ts';
import type { Supervisor } from './supervisor.ts';

type Action = 'build-site' | 'restart-portal' | 'restart-sandbox-server';

const actionsOfRoom: Record<string, Action[]> = {
  site: ['build-site'],
  protocol: ['build-site', 'restart-portal', 'restart-sandbox-server'],
  grader: ['restart-portal'],
  course: ['restart-portal'],
  'sandbox-client': ['restart-portal'],
  portal: ['restart-portal'],
  'sandbox-server': ['restart-sandbox-server'],
};

/** Editors write a file in several steps. */
const settleMs = 300;
const courseSettleMs = 30;
/** The pages as a whole are built when the author pauses: the open one shows what is written by itself. */
const pauseMs = 2_000;

/** Does nothing where the course was not started for authors. */
export async function watchSources(supervisor: Supervisor): Promise<AsyncDisposable> {
  const { dev, course } = supervisor.plan;
  if (dev === null) return { [Symbol.asyncDispose]: async () => {} };
  const renderer = await startRenderer({ course, port: dev.rendererPort });
  const wanted = new Set<Action>();
  const timers = new Map<string, NodeJS.Timeout>();
  let work = Promise.resolve();
  const later = (name: string, waitMs: number, act: () => Promise<void>): void => {
    clearTimeout(timers.get(name));
    timers.set(
      name,
      setTimeout(() => (work = work.then(act)), waitMs),
    );
  };
  const act = async () => {
    const actions = new Set(wanted);
    wanted.clear();
    if (actions.has('build-site')) await rebuildSite(supervisor.plan);
    if (actions.has('restart-sandbox-server')) supervisor.sandboxServer.restart();
    if (actions.has('restart-portal')) supervisor.portal.restart();
    if (actions.size > 0) console.log(`dev: ${[...actions].join(', ')}`);
  };
  const sources = Object.entries(actionsOfRoom).map(([room, actions]) =>
    watch(path.join(repositoryRoot, room), { recursive: true }, (_event, file) => {
      if (file === null || /\.test\.ts$|\.md$|~$|\.sw.$/.test(file)) return;
      for (const action of actions) wanted.add(action);
      later('sources', settleMs, act);
    }),
  );
  const author = watch(course.dir, { recursive: true }, () => {
    clearTimeout(timers.get('course'));
    // Not behind a build of all pages that may be under way.
    const takeUp = (): void => {
      if (copied(supervisor.plan)) later('pages', pauseMs, () => rebuildSite(supervisor.plan));
    };
    timers.set('course', setTimeout(takeUp, courseSettleMs));
  });
  return {
    async [Symbol.asyncDispose]() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const watcher of [...sources, author]) watcher.close();
      await renderer[Symbol.asyncDispose]();
    },
  };
}

/** Whether anything differs. */
function copied({ course }: CoursePlan): boolean {
  try {
    return existsSync(course.dir) && copyCourse(course);
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}

/** A page that does not build keeps the last one that did on show; the author reads why and edits on. */
async function rebuildSite({ course }: CoursePlan): Promise<void> {
  try {
    await buildSite({ signal: new AbortController().signal, course });
  } catch (error) {
    console.error((error as Error).message);
  }
}
