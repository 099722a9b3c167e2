/** A learner's terminals: only ever those of their own sandbox. */
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { TerminalTab } from '../../protocol/terminal-api.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';
import type { SandboxStore } from '../store/sandboxes.ts';
import type { TerminalNameStore } from '../store/terminal-names.ts';
import type { TerminalMirror } from './mirror.ts';
import type { TerminalMirrors } from './mirrors.ts';

export interface LearnerTerminalsOptions {
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
  store: SandboxStore;
  names: TerminalNameStore;
  mirrors: TerminalMirrors;
  /** One was opened, named or closed. */
  onChange: (learnerId: string) => void;
}

export class LearnerTerminals {
  readonly #client: SandboxClient;
  readonly #sandboxes: LearnerSandboxes;
  readonly #store: SandboxStore;
  readonly #names: TerminalNameStore;
  readonly #mirrors: TerminalMirrors;
  readonly #onChange: (learnerId: string) => void;

  constructor({ client, sandboxes, store, names, mirrors, onChange }: LearnerTerminalsOptions) {
    this.#client = client;
    this.#sandboxes = sandboxes;
    this.#store = store;
    this.#names = names;
    this.#mirrors = mirrors;
    this.#onChange = onChange;
  }

  /** Oldest first. Empty where the learner's machine does not run. */
  async list(learnerId: string): Promise<TerminalTab[]> {
    const sandboxId = this.#store.find(learnerId);
    if (sandboxId === null) return [];
    try {
      const views = await this.#client.listTerminals(sandboxId);
      const names = this.#names.list(sandboxId);
      return views
        .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
        .map((view) => {
          const viewers = this.#mirrors.viewersOf({ sandboxId, terminalId: view.id });
          return { ...view, name: names.get(view.id) ?? null, viewers };
        });
    } catch (error) {
      if (error instanceof CodedError && noTerminals.has(error.code)) return [];
      throw error;
    }
  }

  /** Throws SANDBOX_GONE, SANDBOX_NOT_RUNNING, or TOO_MANY. */
  async open(
    learnerId: string,
    { cols, rows, name = null }: { cols: number; rows: number; name?: string | null | undefined },
  ): Promise<TerminalTab> {
    const { id } = await this.#sandboxes.requireRunning(learnerId);
    const view = await this.#client.openTerminal(id, { cols, rows });
    this.#names.put({ sandboxId: id, terminalId: view.id, name });
    this.#onChange(learnerId);
    return { ...view, name, viewers: 0 };
  }

  async rename(learnerId: string, terminalId: string, name: string | null): Promise<TerminalTab> {
    const { sandboxId, terminal } = await this.find(learnerId, terminalId);
    this.#names.put({ sandboxId, terminalId, name });
    this.#onChange(learnerId);
    return { ...terminal, name };
  }

  /** The mirror of a terminal that is this learner's. */
  async mirror(learnerId: string, terminalId: string): Promise<TerminalMirror> {
    const { sandboxId } = await this.find(learnerId, terminalId);
    return this.#mirrors.of({ sandboxId, terminalId });
  }

  /** Types commands at its prompt; how many lines. Throws NOT_AT_PROMPT, RUN_BUSY, TERMINAL_GONE. */
  async run(learnerId: string, terminalId: string, commands: string): Promise<number> {
    const mirror = await this.mirror(learnerId, terminalId);
    if ((await mirror.settledScreen()) && !mirror.hasExited) return mirror.typist.run(commands);
    throw new CodedError('TERMINAL_GONE', `the shell of terminal ${terminalId} has ended`);
  }

  /** Where its shell is, absolute, as far as it said so. */
  async directoryOf(learnerId: string, terminalId: string): Promise<string | null> {
    const screen = await (await this.mirror(learnerId, terminalId)).settledScreen();
    return screen?.prompt.directory ?? null;
  }

  async close(learnerId: string, terminalId: string): Promise<void> {
    const { sandboxId } = await this.find(learnerId, terminalId);
    await this.#client.closeTerminal(sandboxId, terminalId);
    this.#names.put({ sandboxId, terminalId, name: null });
    this.#onChange(learnerId);
  }

  /** Throws TERMINAL_GONE for what is not this learner's, whether or not it is another's. */
  async find(learnerId: string, terminalId: string): Promise<{ sandboxId: string; terminal: TerminalTab }> {
    const terminal = (await this.list(learnerId)).find((one) => one.id === terminalId);
    const sandboxId = this.#store.find(learnerId);
    if (terminal && sandboxId !== null) return { sandboxId, terminal };
    throw new CodedError('TERMINAL_GONE', `this learner has no terminal ${terminalId}`);
  }
}

const noTerminals = new Set<string>(['SANDBOX_GONE', 'SANDBOX_NOT_RUNNING']);
