import type { SandboxState } from '../../protocol/portal-api.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';
import { errorCodes } from '../../protocol/errors.ts';

/** What a learner without a machine has. */
export const noSandbox: SandboxState = { status: 'none', docker: 'unknown', bootId: null };

/** A machine is being made. */
export const startingSandbox: SandboxState = { status: 'starting', docker: 'unknown', bootId: null };

/** The machine's state cannot be known now. */
export const unavailableSandbox: SandboxState = {
  status: 'unavailable',
  docker: 'unknown',
  bootId: null,
  message: errorCodes.SANDBOX_SERVER_DOWN.learner,
};

export function stateOf(view: SandboxView): SandboxState {
  const docker = view.status === 'running' ? view.docker : 'unknown';
  const code = docker === 'stopped' ? 'DOCKER_NOT_RUNNING' : view.endedFor;
  const message = code && errorCodes[code].learner;
  return { status: view.status, docker, bootId: view.bootId, ...(message !== undefined && { message }) };
}
