import { portal, PortalError } from '../page/portal.ts';
import { say } from '../page/say.ts';
import { Signal } from '../page/signal.ts';
import { OwnChanges } from './own-changes.ts';
import { recallDesk, rememberDesk, sortByDesk } from './desk.ts';
import { Shell, type ShellOptions } from './shell.ts';

/** What the stage shows: one shell, or two side by side. */
export interface Shown {
  left: Shell | null;
  right: Shell | null;
}

/** The learner's shells as tabs. The portal's list is the truth; a shell is connected when it is first looked at. */
export class Shells {
  readonly list = new Signal<readonly Shell[]>([]);
  /** The one that keys and Run buttons go to; it is shown. */
  readonly active = new Signal<Shell | null>(null);
  readonly shown = new Signal<Shown>({ left: null, right: null });
  /** Where the divider stands. */
  readonly percent: Signal<number>;
  readonly #options: ShellOptions;
  readonly #changes = new OwnChanges();
  /** Counts machines: an answer about an earlier one's terminals must not come in late. */
  #machine = 0;
  /** Before the first answer there is nothing worth keeping, or to bring up to date. */
  #synced = false;

  constructor(options: ShellOptions) {
    this.#options = options;
    this.percent = new Signal(recallDesk().percent);
    for (const signal of [this.list, this.active, this.shown, this.percent]) signal.watch(() => this.#keep());
  }

  get isSynced(): boolean {
    return this.#synced;
  }

  /**
   * Shows the terminals the machine has, without those that ended while nobody looked; at least one. `follows`: another
   * window changed them. Where it closed the last it opens a new one, and two are too many: until then what is gone is shown.
   */
  async sync({ follows = false } = {}): Promise<void> {
    const machine = this.#machine;
    const terminals = await this.#changes.readBetween(() => portal.terminals());
    if (machine !== this.#machine) return;
    const open = terminals.filter(({ exited }) => exited === null);
    if (follows && open.length === 0) return;
    // Who follows knows not what ended before somebody's eyes.
    const ended = terminals.filter(({ id, exited }) => !follows && exited !== null && !this.#find(id));
    await Promise.all(ended.map(({ id }) => portal.closeTerminal(id)));
    if (machine !== this.#machine) return;
    for (const shell of this.list.value) {
      if (shell.terminalId !== null && !terminals.some(({ id }) => id === shell.terminalId))
        this.#remove(shell);
    }
    const desk = recallDesk();
    const byAge = open.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
    for (const { id, name } of sortByDesk(desk, byAge)) {
      const known = this.#find(id);
      const shell = known ?? this.#add(desk.numbers[id] ?? byAge.findIndex((one) => one.id === id) + 1);
      if (!known) shell.terminalId = id;
      shell.setName(name);
    }
    this.list.set([...this.list.value]);
    this.#synced = true;
    await this.#restore(desk);
  }

  /** A new shell, in the place of the active one or in the one given. @throws PortalError where there may be no more */
  async open(side?: keyof Shown): Promise<void> {
    await this.#open(side);
  }

  async #open(side?: keyof Shown): Promise<Shell> {
    const before = { shown: this.shown.value, active: this.active.value };
    const shell = this.#add();
    this.#show(shell, side);
    try {
      shell.isNew = true;
      const size = await shell.prepare();
      await this.#changes.run(async () => shell.join((await portal.openTerminal(size)).id));
      this.#keep();
      return shell;
    } catch (error) {
      this.#remove(shell);
      this.shown.set(before.shown);
      this.active.set(before.active);
      throw tooManyShells(error);
    }
  }

  /** Shows it in the place of the active one, unless it is seen already. */
  async select(shell: Shell): Promise<void> {
    this.#show(shell);
    await this.look(shell);
  }

  /** Marks one that is seen as the one that is used. */
  activate(shell: Shell): void {
    if (this.active.value === shell) return;
    const { left, right } = this.shown.value;
    if (shell === left || shell === right) this.active.set(shell);
  }

  /** Two side by side, or one again. A second one that is there is shown, else a new one is opened. */
  async split(): Promise<void> {
    const { left, right } = this.shown.value;
    if (right !== null) return this.shown.set({ left: this.active.value, right: null });
    const other = this.list.value.find((shell) => shell !== left);
    if (!other) return this.open('right');
    this.#show(other, 'right');
    await this.look(other);
  }

  move(shell: Shell, by: -1 | 1): void {
    const list = [...this.list.value];
    const from = list.indexOf(shell);
    const to = Math.min(list.length - 1, Math.max(0, from + by));
    list.splice(from, 1);
    list.splice(to, 0, shell);
    this.list.set(list);
  }

  /** @param name null for its number again */
  async rename(shell: Shell, name: string | null): Promise<void> {
    const before = shell.name;
    shell.setName(name);
    this.list.set([...this.list.value]);
    try {
      const { terminalId } = shell;
      if (terminalId !== null) await this.#changes.run(() => portal.renameTerminal(terminalId, name));
    } catch (error) {
      shell.setName(before);
      this.list.set([...this.list.value]);
      throw error;
    }
  }

  close(shell: Shell): Promise<void> {
    return this.#changes.run(() => this.#close(shell));
  }

  async #close(shell: Shell): Promise<void> {
    const index = this.list.value.indexOf(shell);
    this.#remove(shell);
    const next = this.list.value[Math.min(index, this.list.value.length - 1)];
    if (next && this.active.value === null) await this.select(next);
    if (shell.terminalId !== null) await portal.closeTerminal(shell.terminalId);
  }

  /** A new shell in the place of one that ended: of its tab too, under the name that was given to it. */
  renew(shell: Shell): Promise<void> {
    return this.#changes.run(() => this.#renew(shell));
  }

  async #renew(shell: Shell): Promise<void> {
    this.activate(shell);
    const fresh = await this.#open();
    const place = this.list.value.indexOf(shell);
    this.#remove(shell);
    this.list.set(this.list.value.filter((one) => one !== fresh).toSpliced(place, 0, fresh));
    if (shell.name !== null) await this.rename(fresh, shell.name);
    if (shell.terminalId !== null && shell.status.kind === 'exited')
      await portal.closeTerminal(shell.terminalId);
  }

  /** The machine is gone, and all its terminals with it. */
  clear(): void {
    this.#machine += 1;
    this.#synced = false;
    for (const shell of this.list.value) shell.dispose();
    this.active.set(null);
    this.shown.set({ left: null, right: null });
    this.list.set([]);
  }

  async #restore(desk: ReturnType<typeof recallDesk>): Promise<void> {
    if (this.active.value) return this.look(this.active.value);
    const byId = (id: string | null): Shell | null => (id === null ? null : (this.#find(id) ?? null));
    const left = byId(desk.left) ?? byId(desk.right) ?? this.list.value[0];
    if (!left) return this.open();
    const right = byId(desk.right);
    this.shown.set({ left, right: right === left ? null : right });
    this.active.set(desk.active !== null && desk.active === right?.terminalId ? right : left);
    await Promise.all([left, right].map((shell) => shell && this.look(shell)));
  }

  /** Connects to it where it is, be it behind others. */
  async look(shell: Shell): Promise<void> {
    if (!shell.isJoined && shell.terminalId !== null) await shell.join(shell.terminalId);
  }

  #find(terminalId: string): Shell | undefined {
    return this.list.value.find((shell) => shell.terminalId === terminalId);
  }

  #add(wanted?: number): Shell {
    const taken = this.list.value.map((shell) => shell.number);
    let number = wanted ?? 1;
    while (taken.includes(number)) number += 1;
    const shell = new Shell({ ...this.#options, number });
    shell.pane.addEventListener('focusin', () => this.activate(shell));
    this.list.set([...this.list.value, shell]);
    return shell;
  }

  #remove(shell: Shell): void {
    shell.dispose();
    const { left, right } = this.shown.value;
    if (shell === left || shell === right) {
      const other = shell === left ? right : left;
      this.shown.set({ left: other, right: null });
      if (this.active.value === shell) this.active.set(other);
    }
    this.list.set(this.list.value.filter((one) => one !== shell));
  }

  #show(shell: Shell, side?: keyof Shown): void {
    const { left, right } = this.shown.value;
    const place = side ?? (this.active.value === right && right !== null ? 'right' : 'left');
    if (shell !== left && shell !== right) this.shown.set({ left, right, [place]: shell });
    this.active.set(shell);
  }

  #keep(): void {
    if (!this.#synced) return;
    const { left, right } = this.shown.value;
    rememberDesk({
      order: this.list.value.flatMap(({ terminalId }) => terminalId ?? []),
      numbers: Object.fromEntries(
        this.list.value.flatMap(({ terminalId, number }) =>
          terminalId === null ? [] : [[terminalId, number]],
        ),
      ),
      left: left?.terminalId ?? null,
      right: right?.terminalId ?? null,
      active: this.active.value?.terminalId ?? null,
      percent: this.percent.value,
    });
  }
}

/** The general words for too many of something do not say of what, nor how one is closed. */
function tooManyShells(error: unknown): unknown {
  if (!(error instanceof PortalError) || error.code !== 'TOO_MANY') return error;
  const text = say`You have as many shells open as there may be at once. Close one that you no longer need, by the cross on its tab, then open another.`;
  return new PortalError(error.code, text, { cause: error });
}
