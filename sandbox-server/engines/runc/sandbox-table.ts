/** The sandboxes this engine holds, and whether anything may be started in them. */
import { CodedError } from '../../../protocol/errors.ts';
import type { Boot } from './boot.ts';
import type { SandboxState } from './state-file.ts';

export interface HeldSandbox {
  state: SandboxState;
  boot: Boot | null;
  /** Being stopped or destroyed, or that failed halfway: nothing new is started in it. */
  ending: boolean;
}

export class SandboxTable {
  readonly #sandboxes = new Map<string, HeldSandbox>();

  add(state: SandboxState, boot: Boot | null): HeldSandbox {
    const sandbox = { state, boot, ending: false };
    this.#sandboxes.set(state.id, sandbox);
    return sandbox;
  }

  has(id: string): boolean {
    return this.#sandboxes.has(id);
  }

  /** Throws SANDBOX_GONE. */
  get(id: string): HeldSandbox {
    const sandbox = this.#sandboxes.get(id);
    if (sandbox === undefined) throw new CodedError('SANDBOX_GONE', `there is no sandbox ${id}`);
    return sandbox;
  }

  bootOf(id: string): Boot | null {
    const sandbox = this.#sandboxes.get(id);
    return sandbox?.boot?.isAlive() && !sandbox.ending ? sandbox.boot : null;
  }

  /** Throws SANDBOX_GONE or SANDBOX_NOT_RUNNING. */
  running(id: string): { state: SandboxState; boot: Boot } {
    const { state } = this.get(id);
    const boot = this.bootOf(id);
    if (boot !== null) return { state, boot };
    throw new CodedError('SANDBOX_NOT_RUNNING', `sandbox ${id} is not running; start it first`);
  }

  delete(id: string): void {
    this.#sandboxes.delete(id);
  }

  get boots(): Boot[] {
    return [...this.#sandboxes.values()].flatMap(({ boot }) => boot ?? []);
  }
}
