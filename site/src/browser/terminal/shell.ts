import { say } from '../page/say.ts';
import type { ServerMessage } from '../../../../protocol/terminal.ts';
import { makeElement } from '../page/element.ts';
import { Signal } from '../page/signal.ts';
import { browserClock, makeDial, makeProbe } from './browser-ports.ts';
import type { Command } from './command-log.ts';
import { TerminalConnection } from './connection.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { Emulator } from './emulator.ts';
import { NoticeBar } from './notice-bar.ts';
import { describeShell, type ShellRole } from './shell-notice.ts';
import { viewerName } from './viewer-name.ts';
import type { StickyKeys } from './sticky-keys.ts';

/** A resize is sent when the box has kept its size for so long. */
const resizeDelayMs = 100;

export interface ShellOptions {
  /** Where its pane goes; laid out. */
  stage: HTMLElement;
  stickyKeys: StickyKeys;
  screenReader: () => boolean;
  textSize: Signal<number>;
  onStatus: (shell: Shell) => void;
  onNotice: (shell: Shell, notice: Extract<ServerMessage, { type: 'notice' }>) => void;
  onPaste: (shell: Shell, text: string) => void;
  onBell: (shell: Shell) => void;
  onCopyRequest: (shell: Shell, text: string) => void;
  onCommand: (shell: Shell, command: Command, at: HTMLElement) => void;
  /** Its code is there and it is on the page. */
  onEmulator: (shell: Shell, emulator: Emulator) => void;
}

/** Begins to load the emulator's code, so that it is there when the first shell needs it. */
export function warmEmulator(): void {
  // Whether it could be loaded is seen when a shell opens, which says so.
  import('./emulator.ts').catch(() => undefined);
}

/** One tab: an emulator on the page, joined to a terminal of the machine once it has one. */
export class Shell {
  /** From 1, its name while it has no other. */
  readonly number: number;
  /** What the stage shows: the screen, and what there is to say about it. */
  readonly pane: HTMLElement;
  readonly screen: HTMLElement;
  readonly notice = new NoticeBar();
  terminalId: string | null = null;
  status: ConnectionStatus = { kind: 'connecting' };
  role: ShellRole = 'writer';
  /** Opened by this page: its first prompt may still be on its way. */
  isNew = false;
  readonly #host = makeElement('div', { class: 'screen-host' });
  readonly #options: ShellOptions;
  readonly live = new Signal(false);
  #name: string | null = null;
  #emulator: Emulator | null = null;
  #opening: Promise<Emulator> | null = null;
  #connection: TerminalConnection | null = null;
  #stopFollowing: (() => void)[] = [];
  #disposed = false;

  constructor(options: ShellOptions & { number: number }) {
    this.#options = options;
    this.number = options.number;
    this.screen = makeElement('div', {
      class: 'screen',
      attributes: { role: 'group', tabindex: 0 },
      on: {
        keydown: (event) => {
          if (event.target !== this.screen || event.key !== 'Enter') return;
          event.preventDefault();
          this.focus();
        },
      },
    });
    this.screen.append(this.#host);
    this.pane = makeElement(
      'div',
      { class: 'pane', attributes: { id: `shell-${this.number}`, role: 'tabpanel' } },
      this.screen,
      this.notice.element,
    );
    this.setName(null);
    options.stage.append(this.pane);
  }

  get name(): string | null {
    return this.#name;
  }

  get label(): string {
    return this.#name ?? say`shell ${this.number}`;
  }

  /** @param name null for its number */
  setName(name: string | null): void {
    this.#name = name;
    this.pane.setAttribute('aria-label', this.label);
    this.screen.setAttribute('aria-label', say`Terminal ${this.label}. Press Enter to type in it.`);
  }

  get emulator(): Emulator | null {
    return this.#emulator;
  }

  /** Makes the emulator, so that its size is known before a terminal is asked for. */
  async prepare(): Promise<{ cols: number; rows: number }> {
    this.#opening ??= this.#open();
    try {
      const { cols, rows } = await this.#opening;
      return { cols, rows };
    } catch (error) {
      // Its code could not be loaded: the next try loads it again.
      this.#opening = null;
      throw error;
    }
  }

  /** Connects to a terminal of the machine, once it is on screen. */
  async join(terminalId: string): Promise<void> {
    await this.prepare();
    if (!this.#emulator || this.#disposed) return;
    if (this.#connection && this.terminalId === terminalId) return;
    this.#connection?.dispose();
    this.terminalId = terminalId;
    this.#connection = new TerminalConnection({
      dial: makeDial(terminalId),
      screen: this.#emulator,
      clock: browserClock,
      random: Math.random,
      probe: makeProbe(terminalId),
      onStatus: (status) => this.#follow(status),
      onNotice: (notice) => this.#options.onNotice(this, notice),
      viewer: viewerName(),
      onRole: ({ role, writerPresent }) => {
        this.role = role === 'writer' ? 'writer' : writerPresent ? 'watcher' : 'idle-watcher';
        this.#follow(this.status);
      },
      onTerminalSize: (size) => this.#emulator?.followSize(size),
    });
    this.#connection.setVisible(!document.hidden);
    this.#connection.connect();
  }

  get isJoined(): boolean {
    return this.#connection !== null;
  }

  /** What is typed now reaches the shell. */
  get takesInput(): boolean {
    return this.status.kind === 'live' && this.role === 'writer';
  }

  wake(): void {
    this.#connection?.wake();
  }

  /** On the stage, or behind another tab. */
  setShown(shown: boolean): void {
    this.pane.hidden = !shown;
    this.screen.hidden = !shown;
    this.#emulator?.setShown(shown);
  }

  setVisible(visible: boolean): void {
    this.#connection?.setVisible(visible);
  }

  /** Screen and scrollback go, but for the line one is on. */
  clear(): void {
    if (this.#emulator?.clear()) this.#connection?.clear();
  }

  /** Connects again after the portal had closed it for good. */
  reclaim(): void {
    this.#connection?.wake();
    this.#connection?.reclaim();
  }

  /** Types here from now on; another window then watches. */
  take(): void {
    this.#connection?.take();
  }

  focus(): void {
    this.#emulator?.focus();
  }

  dispose(): void {
    this.#disposed = true;
    for (const stop of this.#stopFollowing) stop();
    this.#connection?.dispose();
    this.#emulator?.dispose();
    this.pane.remove();
  }

  #follow(status: ConnectionStatus): void {
    this.status = status;
    const live = status.kind === 'live';
    if (live && !this.live.value) performance.mark('terminal-live');
    if (live !== this.live.value) this.live.set(live);
    if (status.kind === 'exited') this.#emulator?.shellEnded();
    this.pane.dataset.tone = describeShell(status, this.role)?.tone ?? '';
    this.#options.onStatus(this);
  }

  async #open(): Promise<Emulator> {
    const { openEmulator } = await import('./emulator.ts');
    const { textSize } = this.#options;
    const emulator = await openEmulator({
      host: this.#host,
      screenReader: this.#options.screenReader(),
      fontSize: textSize.value,
      onInput: (input) => this.#connection?.type(this.#options.stickyKeys.apply(input)),
      onResize: (size) => this.#connection?.resize(size.cols, size.rows),
      onPaste: (text) => this.#options.onPaste(this, text),
      onKey: () => this.#connection?.wake(),
      onBell: () => this.#options.onBell(this),
      onCopyRequest: (text) => this.#options.onCopyRequest(this, text),
      onCommand: (command, at) => this.#options.onCommand(this, command, at),
    });
    if (this.#disposed) {
      emulator.dispose();
      return emulator;
    }
    this.#emulator = emulator;
    emulator.setShown(!this.pane.hidden);
    this.#stopFollowing.push(
      textSize.watch((size) => emulator.setFontSize(size)),
      this.#observeSize(),
    );
    this.#options.onEmulator(this, emulator);
    return emulator;
  }

  #observeSize(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#emulator?.fit(), resizeDelayMs);
    });
    observer.observe(this.#host);
    return () => observer.disconnect();
  }
}
