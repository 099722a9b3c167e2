import { say } from '../page/say.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import type { NoticeBar } from './notice-bar.ts';
import type { Sheet } from './sheet.ts';
import { warmEmulator, type Shell } from './shell.ts';
import type { Shells } from './shells.ts';
import type { StartView } from './start-view.ts';

export interface PanelMachineOptions {
  shells: Shells;
  sheet: Sheet;
  notice: NoticeBar;
  start: StartView;
  /** Runs what may fail, and says so where it did. */
  attempt: (act: () => Promise<void>) => Promise<void>;
  onChange: () => void;
}

/** Follows the learner's machine: its shells while it runs, and what stands in their place while it does not. */
export class PanelMachine {
  readonly #options: PanelMachineOptions;
  /** Of the machine whose shells are shown. */
  #bootId: string | null = null;
  #syncing: Promise<void> | null = null;
  /** What other windows did, one after the other. */
  #following: Promise<void> = Promise.resolve();
  /** The shell in front, while it is live. */
  #liveShell: Shell | null = null;

  constructor(options: PanelMachineOptions) {
    this.#options = options;
  }

  get bootId(): string | null {
    return this.#bootId;
  }

  /** Resolves when the shells are known, at once where they are. */
  get synced(): Promise<void> {
    return this.#syncing ?? Promise.resolve();
  }

  watch(): void {
    const { machine } = lessonPage;
    for (const signal of [machine.state, machine.task, machine.fault]) signal.watch(() => this.#follow());
    this.#options.sheet.open.watch(() => this.#follow());
    lessonPage.feed.terminals.watch(() => this.#followTerminals());
  }

  /** The portal's list of terminals is asked for anew. */
  sync(): Promise<void> {
    if (this.#syncing) return this.#syncing;
    const { attempt, shells } = this.#options;
    const syncing = attempt(() => shells.sync()).finally(() => {
      if (this.#syncing === syncing) this.#syncing = null;
    });
    this.#syncing = syncing;
    return syncing;
  }

  /** A window of the learner's opened, named or closed one: this one too, since it hears of itself. */
  #followTerminals(): void {
    const { attempt, shells } = this.#options;
    this.#following = this.#following.then(async () => {
      await this.#syncing;
      if (shells.isSynced) await attempt(() => shells.sync({ follows: true }));
    });
  }

  /** A live shell says so with every ping; only when it comes back is what was said of the machine over. */
  hearFrom(shell: Shell): void {
    const isLive = shell.status.kind === 'live';
    if (isLive && this.#liveShell !== shell) this.#tellNews();
    this.#liveShell = isLive ? shell : null;
  }

  #follow(): void {
    const { shells, sheet, notice, start, onChange } = this.#options;
    const { state, task, fault, isBeingReplaced } = lessonPage.machine;
    const status = state.value?.status;
    if (state.value !== null && sheet.open.value) warmEmulator();
    // The machine lives on while its server restarts: what stands in the shells stays readable.
    if (status === 'unavailable' && this.#bootId !== null && !isBeingReplaced) {
      notice.show({ text: state.value?.message ?? say`Your machine cannot be reached at the moment.` });
      return onChange();
    }
    // Another page of the learner's makes sure of the machine: it is the same one, or its number will say that it is not.
    if (status === 'starting' && this.#bootId !== null && !isBeingReplaced) return;
    start.show({ state: state.value, task: task.value, fault: fault.value });
    const bootId = status === 'running' && !isBeingReplaced ? (state.value?.bootId ?? null) : null;
    if (bootId !== this.#bootId) {
      this.#bootId = bootId;
      shells.clear();
      this.#syncing = null;
      notice.hide();
    }
    if (bootId !== null && sheet.open.value && shells.list.value.length === 0) void this.sync();
    if (status === 'running' && fault.value !== null) notice.show({ text: fault.value });
    onChange();
  }

  /** A live shell of a machine that was taken back says so; another has nothing left to say. */
  #tellNews(): void {
    const { news } = lessonPage.machine;
    const { notice } = this.#options;
    if (news.value === null) return notice.hide();
    notice.show({ text: news.value });
    news.set(null);
  }
}
