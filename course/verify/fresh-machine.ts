import type { CreateSandbox, DockerAsked, SandboxView } from '../../protocol/sandbox-api.ts';
import type { ObservedSandbox } from '../../sandbox-client/observer.ts';
import type { ScriptClient } from './script.ts';
import { step, StepFailed, type Step } from './step.ts';

/** What proving exercises needs of a `SandboxClient`. */
export interface VerifyClient extends ObservedSandbox, ScriptClient {
  create(request: CreateSandbox): Promise<SandboxView>;
  view(id: string, options: { docker?: DockerAsked; signal?: AbortSignal }): Promise<SandboxView>;
  destroy(id: string): Promise<void>;
  readFile: ObservedSandbox['readFile'];
}

/**
 * Works in a machine of its own with Docker ready. Steps that fail are in `steps`; rejects only where `signal` fires; the
 * machine is destroyed in any case.
 */
export async function inFreshMachine(
  options: { client: VerifyClient; signal: AbortSignal; steps: Step[] },
  work: (sandboxId: string) => Promise<void>,
): Promise<void> {
  const { client, signal, steps } = options;
  let sandboxId: string | null = null;
  try {
    await step(steps, 'machine', signal, async () => {
      sandboxId = (await client.create({})).id;
      const { docker } = await client.view(sandboxId, { docker: 'wait', signal });
      if (docker !== 'ready') throw new StepFailed(`Docker is ${docker} in a fresh machine; expected ready`);
    });
    await work(sandboxId!);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof StepFailed)) throw error;
  } finally {
    if (sandboxId !== null) await destroyed(steps, client, sandboxId);
  }
}

/** Not to be aborted: a machine left over is worse than a late end. */
async function destroyed(steps: Step[], client: VerifyClient, sandboxId: string): Promise<void> {
  const never = new AbortController().signal;
  await step(steps, 'destroy', never, () => client.destroy(sandboxId)).catch((error: unknown) => {
    if (!(error instanceof StepFailed)) throw error;
  });
}
