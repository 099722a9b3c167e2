import type { ServerMessage } from '../../../../protocol/terminal.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import { explain } from '../page/portal.ts';
import { describeStatus, type ConnectionStatus } from './connection-status.ts';
import { makeExtraKeys } from './extra-keys.ts';
import { listenForFocusChord } from './focus-chord.ts';
import { NoticeBar } from './notice-bar.ts';
import { makePanelTools, prefersScreenReader } from './panel-tools.ts';
import { pasteInto } from './paste-dialog.ts';
import { Sheet } from './sheet.ts';
import { warmEmulator, type Shell } from './shell.ts';
import { Shells } from './shells.ts';
import { StartView } from './start-view.ts';
import { StatusLine } from './status-line.ts';
import { StickyControl } from './sticky-control.ts';
import { makeTabStrip } from './tab-strip.ts';

/** `<camp-terminal-panel>`: the learner's machine beside the lesson, its shells in tabs. */
export class TerminalPanel extends HTMLElement {
  readonly #stage = makeElement('div', { class: 'panel-stage' });
  readonly #sheet = new Sheet(this);
  readonly #notice = new NoticeBar();
  readonly #status = new StatusLine();
  readonly #start = new StartView({ onStart: () => void lessonPage.machine.start() });
  readonly #keys = makeExtraKeys({ shell: () => this.#shells.active.value, control: () => this.#control });
  readonly #control = new StickyControl((on) => this.#keys.showControl(on));
  readonly #shells = new Shells({
    stage: this.#stage,
    stickyControl: this.#control,
    screenReader: prefersScreenReader,
    onStatus: (shell) => this.#showShell(shell),
    onNotice: (shell, notice) => this.#showNotice(shell, notice),
    onPaste: (shell, text) => void pasteInto(shell, text),
  });
  /** Of the machine whose shells are shown. */
  #bootId: string | null = null;
  #syncing: Promise<void> | null = null;
  /** Of the shell in front, as last shown. */
  #lastKind: ConnectionStatus['kind'] | null = null;

  connectedCallback(): void {
    const add = makeButton(makeIcon(icons.plus), {
      class: 'icon-button',
      label: 'New shell',
      onPress: () => void this.#try(() => this.#shells.open()).then(() => this.#shells.active.value?.focus()),
    });
    const tabs = makeTabStrip({
      shells: this.#shells,
      onSelect: (shell) => void this.#try(() => this.#shells.select(shell)),
      onClose: (shell) => void this.#try(() => this.#close(shell)),
    });
    this.#stage.append(this.#start.element);
    this.replaceChildren(
      makeElement(
        'div',
        { class: 'panel-bar' },
        this.#sheet.toggle,
        document.createElement('camp-machine-bar'),
      ),
      makeElement('div', { class: 'panel-tabs' }, tabs, add, makePanelTools(this.#shells)),
      this.#stage,
      this.#notice.element,
      this.#keys.row,
      this.#status.element,
    );
    const { machine } = lessonPage;
    for (const signal of [machine.state, machine.task, machine.fault])
      signal.watch(() => this.#followMachine());
    this.#sheet.open.watch(() => this.#followMachine());
    this.#shells.active.watch((shell) => {
      this.#notice.hide();
      this.#lastKind = null;
      this.#showShell(shell);
    });
    listenForFocusChord({ panel: this, focusTerminal: () => this.#focusTerminal() });
    this.#followPage();
  }

  /** Text of the shell in front, scrollback included. */
  readText(): string {
    return this.#shells.active.value?.emulator?.readText() ?? '';
  }

  #followPage(): void {
    const forEach = (act: (shell: Shell) => void) => () => this.#shells.list.value.forEach(act);
    document.addEventListener(
      'visibilitychange',
      forEach((shell) => shell.setVisible(!document.hidden)),
    );
    for (const type of ['online', 'pageshow', 'focus'])
      window.addEventListener(
        type,
        forEach((shell) => shell.wake()),
      );
  }

  #followMachine(): void {
    const { state, task, fault } = lessonPage.machine;
    if (state.value !== null && this.#sheet.open.value) warmEmulator();
    // The machine lives on while its server restarts: what stands in the shells stays readable.
    if (
      state.value?.status === 'unavailable' &&
      this.#bootId !== null &&
      !lessonPage.machine.isBeingReplaced
    ) {
      this.#notice.show({ text: state.value.message ?? 'Your machine cannot be reached at the moment.' });
      this.#publish();
      return;
    }
    this.#start.show({ state: state.value, task: task.value, fault: fault.value });
    const bootId =
      state.value?.status === 'running' && !lessonPage.machine.isBeingReplaced ? state.value.bootId : null;
    if (bootId !== this.#bootId) {
      this.#bootId = bootId;
      this.#shells.clear();
      this.#syncing = null;
      this.#notice.hide();
    }
    if (bootId !== null && this.#sheet.open.value && this.#shells.list.value.length === 0) void this.#sync();
    if (state.value?.status === 'running' && fault.value !== null) this.#notice.show({ text: fault.value });
    this.#publish();
  }

  #sync(): Promise<void> {
    if (this.#syncing) return this.#syncing;
    const syncing = this.#try(() => this.#shells.sync()).finally(() => {
      if (this.#syncing === syncing) this.#syncing = null;
    });
    this.#syncing = syncing;
    return syncing;
  }

  #showShell(shell: Shell | null): void {
    if (shell !== this.#shells.active.value) return;
    const status = shell?.status ?? null;
    this.#status.show(status);
    this.#publish();
    if (!shell || !status) return;
    // A live shell says so with every ping; only when it comes back is the notice about it over.
    if (status.kind === 'live' && this.#lastKind !== 'live') this.#tellNews();
    this.#lastKind = status.kind;
    const text = describeStatus(status, 0);
    const renew = { text: 'New shell', onPress: () => void this.#try(() => this.#shells.renew(shell)) };
    if (status.kind === 'exited') this.#notice.show({ text: `${text}.`, action: renew });
    if (status.kind !== 'closed') return;
    if (status.reason === 'taken-over') {
      this.#notice.show({ text, action: { text: 'Use it here', onPress: () => shell.reclaim() } });
    } else if (status.reason === 'gone') this.#notice.show({ text, action: renew });
    else this.#notice.show({ text, action: { text: 'Reload', onPress: () => location.reload() } });
  }

  /** A live shell of a machine that was taken back says so; another has nothing left to say. */
  #tellNews(): void {
    const { news } = lessonPage.machine;
    if (news.value === null) return this.#notice.hide();
    this.#notice.show({ text: news.value });
    news.set(null);
  }

  #showNotice(shell: Shell, notice: Extract<ServerMessage, { type: 'notice' }>): void {
    if (shell !== this.#shells.active.value) return;
    if (notice.kind === 'upstream-back') this.#notice.hide();
    else this.#notice.show({ text: notice.text });
  }

  async #close(shell: Shell): Promise<void> {
    await this.#shells.close(shell);
    if (this.#shells.list.value.length === 0) await this.#shells.open();
  }

  async #try(act: () => Promise<void>): Promise<void> {
    const bootId = this.#bootId;
    try {
      await act();
    } catch (error) {
      // The machine went away meanwhile: what failed was for the old one.
      if (bootId !== this.#bootId) return;
      const again = { text: 'Try again', onPress: () => void this.#sync() };
      const text = explain(error);
      this.#notice.show(this.#shells.list.value.length === 0 ? { text, action: again } : { text });
    }
  }

  #focusTerminal(): void {
    this.#sheet.pull(true);
    this.#shells.active.value?.focus();
  }

  /** Tells the Run buttons whether they can run. */
  #publish(): void {
    const { state } = lessonPage.machine;
    const active = this.#shells.active.value;
    const live = active?.status.kind === 'live';
    const waits = this.#bootId !== null && !this.#sheet.open.value;
    if (live || waits)
      lessonPage.activeShell.set({ ready: true, run: (commands, how) => this.#run(commands, how) });
    else if (state.value?.status !== 'running') this.#refuse('Your machine is not running yet.');
    else this.#refuse(active ? 'The terminal is not connected.' : 'The terminal is still opening.');
  }

  #refuse(reason: string): void {
    lessonPage.activeShell.set({ ready: false, reason });
  }

  async #run(commands: string, { focus }: { focus: boolean }): Promise<string | null> {
    this.#sheet.pull(true);
    if (this.#syncing) await this.#syncing;
    const shell = this.#shells.active.value;
    if (!shell?.emulator) return 'The terminal could not be opened.';
    return shell.run(commands, { focus });
  }
}
