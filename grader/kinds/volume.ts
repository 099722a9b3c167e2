import type { VolumeCheck } from '../../protocol/checks/volume.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { VolumeSeen } from '../docker/volume.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, type Finding } from '../finding.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { keyedTextFacets, textFacet } from './config-facets.ts';
import { explainAbsence } from './named-absent.ts';
import { askedOfNamed, judgeNamed } from './named-thing.ts';

export async function evaluateVolume(check: VolumeCheck, { round }: Evaluation): Promise<Finding> {
  const { name, present, expect } = check;
  const called = say`volume ${span(name)}`;
  const [volumes, containers] = await Promise.all([
    round.volumes(),
    expect.usedBy === undefined ? ({ ok: true, value: [] } as const) : round.containers(),
  ]);
  const facets = volumeFacets(check, containers.ok ? containers.value : []);
  const question = {
    expected: askedOfNamed({ called, present, facets }),
    where: say`the volumes of your Docker`,
  };
  if (!volumes.ok) return couldNotLook(question, volumes);
  if (!containers.ok) return couldNotLook(question, containers);
  return judgeNamed({
    question,
    present,
    called,
    thing: volumes.value.find((volume) => volume.name === name),
    facets,
    absent: () =>
      explainAbsence({ noun: say`volume`, name, there: volumes.value.map((volume) => volume.name) }),
  });
}

function volumeFacets(
  { name, expect }: VolumeCheck,
  containers: readonly ContainerSummary[],
): Facet<VolumeSeen>[] {
  const { driver, labels, usedBy } = expect;
  const subject = (): string => say`Volume ${span(name)}`;
  const facets: Facet<VolumeSeen>[] = [];
  if (driver !== undefined) {
    const wanted = { equals: driver };
    facets.push(textFacet({ noun: say`driver`, wanted, subject, seen: (volume) => volume.driver }));
  }
  facets.push(
    ...keyedTextFacets({
      noun: say`label`,
      wanted: labels,
      subject,
      seen: (volume: VolumeSeen) => volume.labels,
    }),
  );
  if (usedBy !== undefined) facets.push(useFacet({ name, usedBy, containers }));
  return facets;
}

function useFacet(options: {
  name: string;
  usedBy: string;
  containers: readonly ContainerSummary[];
}): Facet<VolumeSeen> {
  const { name, usedBy, containers } = options;
  const users = containers.filter((each) => each.volumes.includes(name)).map((each) => each.name);
  const wanted = say`container ${span(usedBy)}`;
  return {
    asked: say`mounted in ${wanted}`,
    met: () => users.includes(usedBy),
    miss: () => {
      const others = users.length === 0 ? say`in no container` : say`in ${spans(users, 4)}`;
      const absent = containers.some((each) => each.name === usedBy)
        ? ''
        : say` There is no such container yet.`;
      return {
        sentence: say`Volume ${span(name)} is mounted ${others}; the task asks for ${wanted}.${absent}`,
        observed: say`mounted ${others}`,
      };
    },
  };
}
