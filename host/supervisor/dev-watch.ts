/** `start --dev`: what was edited is running a moment later. Sandboxes and terminals live through it. */
import { watch } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../repository.ts';
import { buildSite } from '../site-build.ts';
import type { Supervisor } from './supervisor.ts';

type Action = 'build-site' | 'restart-portal' | 'restart-sandbox-server';

const actionsOfRoom: Record<string, Action[]> = {
  site: ['build-site'],
  content: ['build-site', 'restart-portal'],
  protocol: ['build-site', 'restart-portal', 'restart-sandbox-server'],
  grader: ['restart-portal'],
  course: ['restart-portal'],
  'sandbox-client': ['restart-portal'],
  portal: ['restart-portal'],
  'sandbox-server': ['restart-sandbox-server'],
};

/** Editors write a file in several steps. */
const settleMs = 300;

export function watchSources(supervisor: Supervisor): Disposable {
  const wanted = new Set<Action>();
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const act = async () => {
    const actions = new Set(wanted);
    wanted.clear();
    if (actions.has('build-site')) await rebuildSite();
    if (actions.has('restart-sandbox-server')) supervisor.sandboxServer.restart();
    if (actions.has('restart-portal')) supervisor.portal.restart();
    if (actions.size > 0) console.log(`dev: ${[...actions].join(', ')}`);
  };
  const watchers = Object.entries(actionsOfRoom).map(([room, actions]) =>
    watch(path.join(repositoryRoot, room), { recursive: true }, (_event, file) => {
      if (file === null || /\.test\.ts$|\.md$|~$|\.sw.$/.test(file)) return;
      for (const action of actions) wanted.add(action);
      clearTimeout(timer);
      timer = setTimeout(() => (work = work.then(act)), settleMs);
    }),
  );
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** A page that does not build keeps the last one that did on show; the author reads why and edits on. */
async function rebuildSite(): Promise<void> {
  try {
    await buildSite({ signal: new AbortController().signal });
  } catch (error) {
    console.error((error as Error).message);
  }
}
