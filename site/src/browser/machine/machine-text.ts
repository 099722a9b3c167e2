import { say } from '../page/say.ts';
import type { SandboxState } from '../../../../protocol/portal-api.ts';
import type { MachineTask } from './machine.ts';

export interface Lamp {
  tone: 'good' | 'busy' | 'off' | 'bad';
  text: string;
}

/** Said also while the page asks for a machine. */
const isTold: readonly SandboxState['status'][] = ['running', 'queued'];

/** What the machine bar says of the machine. */
export function describeMachine(state: SandboxState | null, task: MachineTask | null): Lamp {
  if (task === 'resetting') return { tone: 'busy', text: say`Machine being replaced` };
  if (task === 'going-back') return { tone: 'busy', text: say`Machine going back` };
  if (state === null || (task === 'starting' && !isTold.includes(state.status))) {
    return { tone: 'busy', text: say`Machine starting` };
  }
  const lamps: Record<SandboxState['status'], Lamp> = {
    queued: { tone: 'busy', text: say`Waiting for a machine` },
    none: { tone: 'off', text: say`No machine` },
    starting: { tone: 'busy', text: say`Machine starting` },
    running: { tone: 'good', text: say`Machine running` },
    stopped: { tone: 'off', text: say`Machine stopped` },
    unavailable: { tone: 'bad', text: say`Machine unavailable` },
  };
  return lamps[state.status];
}

/** What it says of the Docker in it; null where there is nothing to say. */
export function describeDocker(state: SandboxState | null, task: MachineTask | null): Lamp | null {
  if (state?.status !== 'running' || task === 'resetting' || task === 'going-back') return null;
  if (task === 'starting-docker') return { tone: 'busy', text: say`Docker starting` };
  const lamps: Record<SandboxState['docker'], Lamp> = {
    starting: { tone: 'busy', text: say`Docker starting` },
    ready: { tone: 'good', text: say`Docker ready` },
    stopped: { tone: 'bad', text: say`Docker stopped` },
    unknown: { tone: 'off', text: say`Docker unknown` },
  };
  return lamps[state.docker];
}

/** What the terminal's frame says when the machine is as it was at an earlier moment. */
export function describeReturn(moment: string, lostContainers: number): string {
  const lost =
    lostContainers === 0
      ? ''
      : lostContainers === 1
        ? say` One container that ran then could not be started again.`
        : say` ${lostContainers} containers that ran then could not be started again.`;
  return say`Your machine is as it was ${moment}. This is a new shell.${lost}`;
}
