/** Waits for the Dockers that are starting. */
import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';
import { isAborted } from '../aborted.ts';
import type { Log } from '../log.ts';

export interface DockerStartsOptions {
  client: Pick<SandboxClient, 'view'>;
  /** Docker is ready or has failed. */
  onOutcome: (learnerId: string) => Promise<unknown>;
  log: Log;
}

export class DockerStarts {
  readonly #options: DockerStartsOptions;
  readonly #awaited = new Set<string>();

  constructor(options: DockerStartsOptions) {
    this.#options = options;
  }

  /** Does nothing where this start is waited for already. */
  follow(learnerId: string, { id, bootId }: SandboxView): void {
    const { client, onOutcome, log } = this.#options;
    const key = `${id} ${bootId}`;
    if (this.#awaited.has(key)) return;
    this.#awaited.add(key);
    client
      .view(id, { docker: 'wait' })
      .catch((error: unknown) => {
        if (isAborted(error)) throw error;
        log.warn({ err: error, sandboxId: id }, 'cannot wait for Docker');
      })
      .finally(() => this.#awaited.delete(key))
      .then(() => onOutcome(learnerId))
      .catch((error: unknown) => {
        if (!isAborted(error)) log.error({ err: error, sandboxId: id }, 'no sandbox state');
      });
  }
}
