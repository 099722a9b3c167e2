import type { ContainerCheck } from '../../protocol/checks/container.ts';
import { amountOfBytes } from '../amount.ts';
import type { Facet } from '../nearest.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';
import { say, words } from '../say.ts';

/** Each as Docker passes it on to the kernel; 0 is no limit. */
const limits = [
  { key: 'memoryBytes', amount: amountOfBytes },
  { key: 'cpus', amount: (cpus: number) => say`${Number(cpus.toFixed(3))} CPUs` },
  { key: 'pids', amount: (pids: number) => say`${pids} processes` },
] as const;
const nouns = words({ memoryBytes: 'memory limit', cpus: 'CPU limit', pids: 'limit of processes' });

export function limitFacets(wanted: ContainerCheck['expect']['limits'] = {}): Facet<InspectedContainer>[] {
  return limits.flatMap(({ key, amount }) => {
    const noun = nouns[key];
    const limit = wanted[key];
    if (limit === undefined) return [];
    const facet: Facet<InspectedContainer> = {
      asked: say`with a ${noun} of ${amount(limit)}`,
      met: ({ detail }) => Math.abs(detail.host.limits[key] - limit) < 1e-6,
      miss: (container) => {
        const seen = container.detail.host.limits[key];
        const has = seen === 0 ? say`no ${noun}` : say`a ${noun} of ${amount(seen)}`;
        return {
          sentence: say`${containerCalled(container)} has ${has}; the task asks for ${amount(limit)}.`,
          observed: has,
        };
      },
    };
    return [facet];
  });
}
