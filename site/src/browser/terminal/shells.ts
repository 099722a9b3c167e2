import { portal } from '../page/portal.ts';
import { Signal } from '../page/signal.ts';
import { Shell, type ShellOptions } from './shell.ts';

export type ShellsOptions = Omit<ShellOptions, 'label' | 'screenReader'> & { screenReader: () => boolean };

/** The learner's shells as tabs. The portal's list is the truth; a shell is connected when it is first looked at. */
export class Shells {
  readonly list = new Signal<readonly Shell[]>([]);
  readonly active = new Signal<Shell | null>(null);
  readonly #options: ShellsOptions;
  /** Counts machines: an answer about an earlier one's terminals must not come in late. */
  #machine = 0;

  constructor(options: ShellsOptions) {
    this.#options = options;
  }

  /** Shows the terminals the machine has, without those that ended while nobody looked; at least one. */
  async sync(): Promise<void> {
    const machine = this.#machine;
    const terminals = await portal.terminals();
    if (machine !== this.#machine) return;
    const open = terminals.filter(({ exited }) => exited === null);
    const ended = terminals.filter(({ id, exited }) => exited !== null && !this.#find(id));
    await Promise.all(ended.map(({ id }) => portal.closeTerminal(id)));
    for (const shell of this.list.value) {
      if (shell.terminalId !== null && !terminals.some(({ id }) => id === shell.terminalId))
        this.#remove(shell);
    }
    for (const { id } of open.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))) {
      if (!this.#find(id)) this.#add().terminalId = id;
    }
    const first = this.active.value ?? this.list.value[0];
    if (first) await this.select(first);
    else await this.open();
  }

  /** @throws PortalError where the machine may have no more terminals, or is gone */
  async open(): Promise<void> {
    const before = this.active.value;
    const shell = this.#add();
    this.#show(shell);
    try {
      const size = await shell.prepare();
      await shell.join((await portal.openTerminal(size)).id);
    } catch (error) {
      this.#remove(shell);
      if (before) this.#show(before);
      throw error;
    }
  }

  async select(shell: Shell): Promise<void> {
    this.#show(shell);
    if (!shell.isJoined && shell.terminalId !== null) await shell.join(shell.terminalId);
  }

  async close(shell: Shell): Promise<void> {
    const index = this.list.value.indexOf(shell);
    this.#remove(shell);
    const next = this.list.value[Math.min(index, this.list.value.length - 1)];
    if (next && this.active.value === null) await this.select(next);
    if (shell.terminalId !== null) await portal.closeTerminal(shell.terminalId);
  }

  /** A new shell in the place of one that ended. */
  async renew(shell: Shell): Promise<void> {
    await this.open();
    this.#remove(shell);
    if (shell.terminalId !== null && shell.status.kind === 'exited')
      await portal.closeTerminal(shell.terminalId);
  }

  /** The machine is gone, and all its terminals with it. */
  clear(): void {
    this.#machine += 1;
    for (const shell of this.list.value) shell.dispose();
    this.active.set(null);
    this.list.set([]);
  }

  #find(terminalId: string): Shell | undefined {
    return this.list.value.find((shell) => shell.terminalId === terminalId);
  }

  #add(): Shell {
    const { screenReader, ...rest } = this.#options;
    const shell = new Shell({ ...rest, label: this.#nextLabel(), screenReader: screenReader() });
    shell.screen.hidden = true;
    this.list.set([...this.list.value, shell]);
    return shell;
  }

  #remove(shell: Shell): void {
    shell.dispose();
    if (this.active.value === shell) this.active.set(null);
    this.list.set(this.list.value.filter((other) => other !== shell));
  }

  #show(shell: Shell): void {
    for (const other of this.list.value) other.screen.hidden = other !== shell;
    this.active.set(shell);
  }

  #nextLabel(): string {
    const labels = this.list.value.map(({ label }) => label);
    for (let number = 1; ; number++) if (!labels.includes(`shell ${number}`)) return `shell ${number}`;
  }
}
