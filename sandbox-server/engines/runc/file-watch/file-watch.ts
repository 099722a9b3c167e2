/**
 * Follows paths of a sandbox from outside, by inotify watches of this process: the learner's own limits are untouched. A
 * watch that has fired is taken away until it is told, so a flood of changes costs no more than a few a second.
 */
import { watch, type FSWatcher } from 'node:fs';
import { watchPoints, withPoint, type WatchPoint } from './watch-points.ts';

export interface FileWatchOptions {
  /** Throws once the sandbox does not run. */
  rootFd: () => number;
  /** Absolute, as the sandbox names them. */
  paths: readonly string[];
  /** Some of the paths may be different now; `incomplete`: the host has no watches left for all of them. */
  onChange: (report: { paths: string[]; incomplete: boolean }) => void;
  onEnd: () => void;
}

/** Of one follower; an exercise needs about ten. */
const maxPoints = 96;
/** Between two reports: at once after a rest; after so many without one, ever longer. */
const leastGapMs = 150;
const mostGapMs = 2_000;
const restMs = 1_000;
const reportsWithoutRest = 10;
/** Events of a busy directory that are about other names, until it rests as well. */
const maxStrays = 100;

interface Armed {
  watcher: FSWatcher;
  strays: number;
}

export class FileWatch implements Disposable {
  readonly #options: FileWatchOptions;
  readonly #points: WatchPoint[];
  #armed: Armed[] = [];
  #incomplete = false;
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** Since the last rest. */
  #reports = 0;
  #toldAtMs = -Infinity;
  #ended = false;

  /** Throws what `rootFd` throws. Watches from now on. */
  constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#points = watchPoints(options.paths, maxPoints);
    this.#arm();
  }

  /** See `onChange`. */
  get incomplete(): boolean {
    return this.#incomplete;
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const { watcher } of this.#armed) watcher.close();
    this.#armed = [];
  }

  /** Everything anew, the directories may be others by now. New ones before the old go, so that nothing is missed. */
  #arm(): void {
    const rootFd = this.#options.rootFd();
    const before = this.#armed;
    this.#armed = [];
    this.#incomplete = false;
    for (const point of this.#points) this.#armOne(rootFd, point);
    for (const { watcher } of before) watcher.close();
  }

  #armOne(rootFd: number, point: WatchPoint): void {
    try {
      const watcher = withPoint(rootFd, point.at, (ownPath) => watch(ownPath));
      if (watcher === null) return;
      const armed: Armed = { watcher, strays: 0 };
      watcher.on('change', (_kind, name) => this.#onEvent(point, armed, name?.toString() ?? null));
      // Watchers of directories that are gone tell so; the next arming finds out.
      watcher.on('error', () => this.#onEvent(point, armed, null));
      this.#armed.push(armed);
    } catch (error) {
      // ENOSPC, EMFILE: the host's own limits of inotify.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      this.#incomplete = true;
    }
  }

  #onEvent(point: WatchPoint, armed: Armed, name: string | null): void {
    const isFlood = (armed.strays += 1) > maxStrays;
    const about = point.interests.filter(
      (interest) => isFlood || name === null || interest.name === null || interest.name === name,
    );
    if (about.length === 0) return;
    armed.watcher.close();
    for (const { path } of about) this.#changed.add(path);
    if (this.#timer !== undefined || this.#ended) return;
    const quietMs = performance.now() - this.#toldAtMs;
    if (quietMs > restMs) this.#reports = 0;
    const gapMs = isFlood ? mostGapMs : gapAfter(this.#reports);
    this.#timer = setTimeout(() => this.#tell(), Math.max(0, gapMs - quietMs));
  }

  /** Armed before it is told: what happens from then on is a change of its own. */
  #tell(): void {
    this.#timer = undefined;
    try {
      this.#arm();
    } catch {
      // It does not run any longer.
      this[Symbol.dispose]();
      this.#options.onEnd();
      return;
    }
    this.#toldAtMs = performance.now();
    this.#reports += 1;
    const paths = [...this.#changed];
    this.#changed.clear();
    this.#options.onChange({ paths, incomplete: this.#incomplete });
  }
}

function gapAfter(reports: number): number {
  const beyond = Math.max(0, reports - reportsWithoutRest);
  return Math.min(leastGapMs * 2 ** beyond, mostGapMs);
}
