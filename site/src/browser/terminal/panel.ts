import type { ServerMessage } from '../../../../protocol/terminal.ts';
import type { RunRequest } from '../../../../protocol/terminal-api.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import { explain } from '../page/portal.ts';
import type { RunRefusal } from './active-shell.ts';
import { TerminalActions, prefersScreenReader } from './actions.ts';
import { followPage } from './page-life.ts';
import { findChord } from './chords.ts';
import { CommandsView } from './commands-view.ts';
import { makeExtraKeys } from './extra-keys.ts';
import { listenForFocusChord } from './focus-chord.ts';
import { NoticeBar } from './notice-bar.ts';
import { layOutPanes } from './panes.ts';
import { makePanelTools } from './panel-tools.ts';
import { pasteInto } from './paste-dialog.ts';
import { announceResults } from './result-announcer.ts';
import { publishToRunButtons, runBlock } from './run-target.ts';
import { SearchBar } from './search-bar.ts';
import { Sheet } from './sheet.ts';
import { ShellFrame } from './shell-frame.ts';
import type { ShellDeed } from './shell-notice.ts';
import { warmEmulator, type Shell } from './shell.ts';
import { Shells } from './shells.ts';
import { StartView } from './start-view.ts';
import { StatusLine } from './status-line.ts';
import { StickyControl } from './sticky-control.ts';
import { TabStrip } from './tab-strip.ts';
import { TextSize } from './text-size.ts';

/** `<camp-terminal-panel>`: the learner's machine beside the lesson, its shells in tabs. */
export class TerminalPanel extends HTMLElement {
  readonly #stage = makeElement('div', { class: 'panel-stage' });
  readonly #sheet = new Sheet(this);
  readonly #notice = new NoticeBar();
  readonly #status = new StatusLine();
  readonly #start = new StartView({ onStart: () => void lessonPage.machine.start() });
  readonly #keys = makeExtraKeys({ shell: () => this.#shells.active.value, control: () => this.#control });
  readonly #control = new StickyControl((on) => this.#keys.showControl(on));
  readonly #textSize = new TextSize();
  readonly #frames = new WeakMap<Shell, ShellFrame>();
  readonly #shells = new Shells({
    stage: this.#stage,
    stickyControl: this.#control,
    screenReader: prefersScreenReader,
    textSize: this.#textSize,
    onStatus: (shell) => this.#showShell(shell),
    onNotice: (shell, notice) => this.#showNotice(shell, notice),
    onPaste: (shell, text) => void pasteInto(shell, text),
    onBell: (shell) => this.#frameOf(shell).ring(),
    onCopyRequest: (shell, text) => this.#frameOf(shell).askToCopy(text),
    onCommand: (shell, command, at) => this.#actions.openCommandMenu(shell, command, at),
    onEmulator: (_shell, emulator) => void announceResults(emulator.log),
  });
  readonly #search = new SearchBar({ shell: () => this.#shells.active.value });
  readonly #view = new CommandsView({ shell: () => this.#shells.active.value, stage: this.#stage });
  readonly #tabs = new TabStrip({
    shells: this.#shells,
    onSelect: (shell) => this.#select(shell),
    onClose: (shell) => void this.#try(() => this.#close(shell)),
    onRename: (shell, name) => void this.#try(() => this.#shells.rename(shell, name)),
    onSplit: () => this.#split(),
  });
  readonly #actions = new TerminalActions({
    shells: this.#shells,
    tabs: () => this.#tabs,
    search: this.#search,
    view: this.#view,
    textSize: this.#textSize,
    open: () => this.#open(),
    split: () => this.#split(),
    select: (shell) => this.#select(shell),
  });
  readonly #tools = makePanelTools({ tools: this.#actions.tools(), menu: () => this.#actions.menu() });
  /** Of the machine whose shells are shown. */
  #bootId: string | null = null;
  #syncing: Promise<void> | null = null;
  /** The shell in front, while it is live. */
  #liveShell: Shell | null = null;

  connectedCallback(): void {
    const add = makeButton(makeIcon(icons.plus), {
      class: 'icon-button',
      label: 'New shell',
      onPress: () => this.#open(),
    });
    layOutPanes({ stage: this.#stage, shells: this.#shells });
    this.#stage.append(this.#start.element);
    this.replaceChildren(
      makeElement(
        'div',
        { class: 'panel-bar' },
        this.#sheet.toggle,
        document.createElement('camp-machine-bar'),
      ),
      makeElement('div', { class: 'panel-tabs' }, this.#tabs.element, add, this.#tools.element),
      this.#search.element,
      this.#view.element,
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
      this.#status.show(shell?.status ?? null);
      this.#search.follow();
      this.#publish();
    });
    this.#shells.shown.watch(() => this.#tools.refresh());
    listenForFocusChord({ panel: this, focusTerminal: () => this.#focusTerminal() });
    this.addEventListener('keydown', (event) => {
      const chord = findChord(event);
      if (chord !== null && !event.defaultPrevented && this.#actions.obey(chord)) event.preventDefault();
    });
    followPage(this.#shells);
  }

  /** Text of the shell in front, scrollback included. */
  readText(): string {
    return this.#shells.active.value?.emulator?.readText() ?? '';
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
    // Another page of the learner's makes sure of the machine: it is the same one, or its number will say that it is not.
    const isAsked = state.value?.status === 'starting' && !lessonPage.machine.isBeingReplaced;
    if (isAsked && this.#bootId !== null) return;
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

  #showShell(shell: Shell): void {
    this.#frameOf(shell).show();
    if (shell !== this.#shells.active.value) return;
    this.#status.show(shell.status);
    this.#publish();
    const isLive = shell.status.kind === 'live';
    // A live shell says so with every ping; only when it comes back is the notice about the machine over.
    if (isLive && this.#liveShell !== shell) this.#tellNews();
    this.#liveShell = isLive ? shell : null;
  }

  #frameOf(shell: Shell): ShellFrame {
    let frame = this.#frames.get(shell);
    if (!frame) this.#frames.set(shell, (frame = new ShellFrame(shell, (deed, of) => this.#do(deed, of))));
    return frame;
  }

  #do(deed: ShellDeed, shell: Shell): void {
    const deeds: Record<ShellDeed, () => void> = {
      'try-now': () => shell.reclaim(),
      'use-here': () => (shell.status.kind === 'live' ? shell.take() : shell.reclaim()),
      'new-shell': () => void this.#try(() => this.#shells.renew(shell)).then(() => this.#focusTerminal()),
      'fresh-machine': () => void lessonPage.machine.start(),
      'close-tab': () => void this.#try(() => this.#close(shell)),
      reload: () => location.reload(),
    };
    deeds[deed]();
    if (deed === 'try-now' || deed === 'use-here') shell.focus();
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

  #open(): void {
    void this.#try(() => this.#shells.open()).then(() => this.#shells.active.value?.focus());
  }

  #select(shell: Shell): void {
    void this.#try(() => this.#shells.select(shell));
  }

  #split(): void {
    void this.#try(() => this.#shells.split()).then(() => this.#shells.active.value?.focus());
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
      const text = explain(error);
      const again = { text: 'Try again', onPress: () => void this.#sync() };
      this.#notice.show(this.#shells.list.value.length === 0 ? { text, actions: [again] } : { text });
    }
  }

  #focusTerminal(): void {
    this.#sheet.pull(true);
    this.#view.close();
    this.#shells.active.value?.focus();
  }

  #publish(): void {
    publishToRunButtons({
      active: this.#shells.active.value,
      isSheetClosed: this.#bootId !== null && !this.#sheet.open.value,
      run: (block, how) => this.#run(block, how),
      insert: (code) => {
        this.#shells.active.value?.emulator?.paste(code);
        this.#focusTerminal();
      },
    });
  }

  async #run(block: RunRequest, how: { focus: boolean }): Promise<RunRefusal | null> {
    this.#sheet.pull(true);
    if (this.#syncing) await this.#syncing;
    const shell = this.#shells.active.value;
    return shell ? runBlock(shell, block, how) : { text: 'The terminal could not be opened.' };
  }
}
