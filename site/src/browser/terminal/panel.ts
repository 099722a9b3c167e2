import { say } from '../page/say.ts';
import type { ServerMessage } from '../../../../protocol/terminal.ts';
import type { RunRequest } from '../../../../protocol/terminal-api.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import { explain } from '../page/portal.ts';
import type { RunRefusal } from './active-shell.ts';
import { TerminalActions, prefersScreenReader } from './actions.ts';
import { followPage } from './page-life.ts';
import { ComposeBar } from './compose-bar.ts';
import { FileDesk } from './file-desk.ts';
import { followKeyboard } from './keyboard-inset.ts';
import { findChord } from './chords.ts';
import { mayClose } from './close-dialog.ts';
import { CommandsView } from './commands-view.ts';
import { makeExtraKeys } from './extra-keys.ts';
import { listenForFocusChord } from './focus-chord.ts';
import { NoticeBar } from './notice-bar.ts';
import { layOutPanes } from './panes.ts';
import { PanelMachine } from './panel-machine.ts';
import { makePanelTools } from './panel-tools.ts';
import { pasteInto } from './paste-dialog.ts';
import { announceResults } from './result-announcer.ts';
import { publishToRunButtons, runBlock } from './run-target.ts';
import { SearchBar } from './search-bar.ts';
import { Sheet } from './sheet.ts';
import { ShellFrames } from './shell-frames.ts';
import type { Shell } from './shell.ts';
import { Shells } from './shells.ts';
import { StartView } from './start-view.ts';
import { StatusLine } from './status-line.ts';
import { StickyKeys } from './sticky-keys.ts';
import { TabStrip } from './tab-strip.ts';
import { TextSize } from './text-size.ts';

/** `<camp-terminal-panel>`: the learner's machine beside the lesson, its shells in tabs. */
export class TerminalPanel extends HTMLElement {
  readonly #stage = makeElement('div', { class: 'panel-stage' });
  readonly #sheet = new Sheet(this);
  readonly #notice = new NoticeBar();
  readonly #status = new StatusLine();
  readonly #start = new StartView({ onStart: () => void lessonPage.machine.start() });
  readonly #compose = new ComposeBar({ shell: () => this.#shells.active.value });
  readonly #files = new FileDesk({ shell: () => this.#shells.active.value });
  readonly #keys = makeExtraKeys({
    shell: () => this.#shells.active.value,
    held: () => this.#held,
    onCompose: () => this.#compose.toggle(),
  });
  readonly #held = new StickyKeys((held) => this.#keys.showHeld(held));
  readonly #textSize = new TextSize();
  readonly #frames = new ShellFrames({
    renew: (shell) =>
      void this.#try(() => this.#shells.renew(shell)).then(() => this.#shells.active.value?.focus()),
    close: (shell) => void this.#try(() => this.#close(shell)),
    startMachine: () => void lessonPage.machine.start(),
  });
  readonly #shells = new Shells({
    stage: this.#stage,
    stickyKeys: this.#held,
    screenReader: prefersScreenReader,
    textSize: this.#textSize,
    onStatus: (shell) => this.#showShell(shell),
    onNotice: (shell, notice) => this.#showNotice(shell, notice),
    onPaste: (shell, text) => void pasteInto(shell, text),
    onBell: (shell) => this.#frames.of(shell).ring(),
    onCopyRequest: (shell, text) => this.#frames.of(shell).askToCopy(text),
    onCommand: (shell, command, at) => this.#actions.openCommandMenu(shell, command, at),
    onEmulator: (shell, emulator) => {
      announceResults(emulator.log);
      this.#files.acceptDrops(shell);
    },
  });
  readonly #search = new SearchBar({ shell: () => this.#shells.active.value });
  readonly #view = new CommandsView({
    shell: () => this.#shells.active.value,
    stage: this.#stage,
    onToggle: () => this.#tools.refresh(),
  });
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
    files: this.#files,
    compose: this.#compose,
    open: () => this.#open(),
    split: () => this.#split(),
    select: (shell) => this.#select(shell),
  });
  readonly #tools = makePanelTools({ tools: this.#actions.tools(), menu: () => this.#actions.menu() });
  readonly #machine = new PanelMachine({
    shells: this.#shells,
    sheet: this.#sheet,
    notice: this.#notice,
    start: this.#start,
    attempt: (act) => this.#try(act),
    onChange: () => this.#publish(),
  });

  connectedCallback(): void {
    const add = makeButton(makeIcon(icons.plus), {
      class: 'icon-button',
      label: say`New shell`,
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
      this.#files.list.element,
      this.#compose.element,
      this.#keys.row,
      this.#status.element,
    );
    this.#machine.watch();
    this.#shells.active.watch((shell) => {
      this.#status.show(shell?.status ?? null);
      this.#search.follow();
      this.#view.follow();
      this.#publish();
    });
    this.#shells.shown.watch(() => this.#tools.refresh());
    listenForFocusChord({ panel: this, focusTerminal: () => this.#focusTerminal() });
    this.addEventListener('keydown', (event) => {
      const chord = findChord(event);
      if (chord !== null && !event.defaultPrevented && this.#actions.obey(chord)) event.preventDefault();
    });
    followPage(this.#shells);
    followKeyboard();
  }

  /** Text of the shell in front, scrollback included. */
  readText(): string {
    return this.#shells.active.value?.emulator?.readText() ?? '';
  }

  #showShell(shell: Shell): void {
    this.#frames.of(shell).show();
    if (shell !== this.#shells.active.value) return;
    this.#status.show(shell.status);
    this.#publish();
    this.#machine.hearFrom(shell);
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
    const isConfirmed = await mayClose(shell, (unseen) => this.#shells.look(unseen));
    // Meanwhile another window may have closed it.
    if (!isConfirmed || !this.#shells.list.value.includes(shell)) return;
    await this.#shells.close(shell);
    if (this.#shells.list.value.length === 0) await this.#shells.open();
  }

  async #try(act: () => Promise<void>): Promise<void> {
    const bootId = this.#machine.bootId;
    try {
      await act();
    } catch (error) {
      // The machine went away meanwhile: what failed was for the old one.
      if (bootId !== this.#machine.bootId) return;
      const text = explain(error);
      const again = { text: say`Try again`, onPress: () => void this.#machine.sync() };
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
      isSheetClosed: this.#machine.bootId !== null && !this.#sheet.open.value,
      run: (block, how) => this.#run(block, how),
      insert: (code) => {
        this.#focusTerminal();
        // Asked first where each line would run, which is not what the learner wanted.
        if (this.#shells.active.value) void pasteInto(this.#shells.active.value, code);
      },
    });
  }

  async #run(block: RunRequest, how: { focus: boolean }): Promise<RunRefusal | null> {
    this.#sheet.pull(true);
    await this.#machine.synced;
    const shell = this.#shells.active.value;
    return shell ? runBlock(shell, block, how) : { text: say`The terminal could not be opened.` };
  }
}
