/** A learner's terminals: only ever those of their own sandbox. */
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { TerminalView } from '../../protocol/sandbox-api.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';
import type { SandboxStore } from '../store/sandboxes.ts';

export interface LearnerTerminalsOptions {
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
  store: SandboxStore;
}

export class LearnerTerminals {
  readonly #client: SandboxClient;
  readonly #sandboxes: LearnerSandboxes;
  readonly #store: SandboxStore;

  constructor({ client, sandboxes, store }: LearnerTerminalsOptions) {
    this.#client = client;
    this.#sandboxes = sandboxes;
    this.#store = store;
  }

  /** Empty where the learner's machine does not run. */
  async list(learnerId: string): Promise<TerminalView[]> {
    const sandboxId = this.#store.find(learnerId);
    if (sandboxId === null) return [];
    try {
      return await this.#client.listTerminals(sandboxId);
    } catch (error) {
      if (error instanceof CodedError && noTerminals.has(error.code)) return [];
      throw error;
    }
  }

  /** Throws SANDBOX_GONE, SANDBOX_NOT_RUNNING, or TOO_MANY. */
  async open(learnerId: string, size: { cols: number; rows: number }): Promise<TerminalView> {
    const { id } = await this.#sandboxes.requireRunning(learnerId);
    return this.#client.openTerminal(id, size);
  }

  async close(learnerId: string, terminalId: string): Promise<void> {
    const { sandboxId } = await this.find(learnerId, terminalId);
    await this.#client.closeTerminal(sandboxId, terminalId);
  }

  /** Throws TERMINAL_GONE for what is not this learner's, whether or not it is another's. */
  async find(learnerId: string, terminalId: string): Promise<{ sandboxId: string; terminal: TerminalView }> {
    const terminal = (await this.list(learnerId)).find((one) => one.id === terminalId);
    const sandboxId = this.#store.find(learnerId);
    if (terminal && sandboxId !== null) return { sandboxId, terminal };
    throw new CodedError('TERMINAL_GONE', `this learner has no terminal ${terminalId}`);
  }
}

const noTerminals = new Set<string>(['SANDBOX_GONE', 'SANDBOX_NOT_RUNNING']);
