import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { ContainerSummary } from '../docker/container.ts';
import { ImageCatalog } from '../docker/image-catalog.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, type Finding, type Question } from '../finding.ts';
import { judge, type Judged } from '../nearest.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { containerFacets, listedFacets } from './container-facets.ts';
import { describeFind, explainNotFound, isFoundContainer } from './container-find.ts';
import { containerIs, type InspectedContainer, type SeenContainer } from './container-seen.ts';

/** Containers inspected one by one for a check; beyond these the newest and nearest are enough. */
const maxInspected = 20;

export async function evaluateContainer(check: ContainerCheck, { round }: Evaluation): Promise<Finding> {
  const where = say`the containers of your Docker`;
  const blindQuestion = { expected: describeFind(check.find), where };
  const [containers, images] = await Promise.all([round.containers(), imagesFor(check, round)]);
  if (!containers.ok) return couldNotLook(blindQuestion, containers);
  if (!images.ok) return couldNotLook(blindQuestion, images);
  const listed = listedFacets(check.expect, images.value);
  const facets = containerFacets(check.expect, { images: images.value, all: containers.value });
  const question: Question = { where, expected: expectation(check, facets) };
  const found = containers.value.filter((container) => isFoundContainer(check.find, container, images.value));
  if (found.length === 0) {
    return absent(question, check, { containers: containers.value, images: images.value, round });
  }
  const near = judge<SeenContainer>(found.map(withoutDetail), listed);
  if (facets.length === listed.length) return conclude(question, check, near, images.value);
  const inspected = await inspect(near.slice(0, Math.max(maxInspected, check.count)), round);
  if (!inspected.ok) return couldNotLook(question, inspected);
  if (inspected.value.length === 0) {
    return absent(question, check, { containers: [], images: images.value, round });
  }
  const judged = judge<InspectedContainer>(inspected.value, facets);
  return conclude(question, check, judged, images.value);
}

/** What is gone can only be told by Docker's events; without them it is said without. */
async function absent(
  question: Question,
  { find }: ContainerCheck,
  seen: { containers: readonly ContainerSummary[]; images: ImageCatalog; round: Round },
): Promise<Finding> {
  const { containers, images, round } = seen;
  const events = await round.dockerEvents();
  return fail(question, explainNotFound({ find, containers, images, events: events.ok ? events.value : [] }));
}

/** Names alone need no images. */
async function imagesFor(check: ContainerCheck, round: Round): Promise<Observation<ImageCatalog>> {
  const needed = check.find.image !== undefined || check.expect.image !== undefined;
  return needed ? round.images() : { ok: true, value: ImageCatalog.empty };
}

function withoutDetail(summary: ContainerSummary): SeenContainer {
  return { summary, detail: null };
}

/** Those that are gone by now are left out. */
async function inspect(
  near: readonly Judged<SeenContainer>[],
  round: Round,
): Promise<Observation<InspectedContainer[]>> {
  const looks = await Promise.all(near.map(({ candidate }) => round.container(candidate.summary.id)));
  const inspected: InspectedContainer[] = [];
  for (const [index, { candidate }] of near.entries()) {
    const look = looks[index]!;
    if (!look.ok) return look;
    if (look.value !== null) inspected.push({ summary: candidate.summary, detail: look.value });
  }
  return { ok: true, value: inspected };
}

function conclude<T extends SeenContainer>(
  question: Question,
  { count }: ContainerCheck,
  judged: readonly Judged<T>[],
  images: ImageCatalog,
): Finding {
  const satisfying = judged.filter(({ unmet }) => unmet.length === 0);
  const nearest = judged[0]!;
  if (satisfying.length >= count) {
    const is = containerIs(nearest.candidate, images);
    const one = span(nearest.candidate.summary.name);
    const sentence =
      count === 1 ? `${is}.` : say`${satisfying.length} containers are as asked, ${one} for one.`;
    return pass(question, { sentence, observed: is });
  }
  const unmet = judged.find((each) => each.unmet.length > 0);
  const miss = unmet?.unmet[0]?.miss(unmet.candidate);
  if (count === 1 && miss !== undefined) return fail(question, miss, unmet?.unmet.length);
  const so = satisfying.length === 1 ? say`is` : say`are`;
  const there = say`So far ${satisfying.length} of the ${count} containers asked for ${so} there.`;
  const sentence = [there, miss?.sentence].filter(Boolean).join(' ');
  return fail(
    question,
    {
      sentence,
      observed: say`${satisfying.length} of ${count}`,
      ...(miss?.hint !== undefined && { hint: miss.hint }),
    },
    count - satisfying.length,
  );
}

function expectation({ find, count }: ContainerCheck, facets: readonly { asked: string }[]): string {
  const what = [describeFind(find), ...facets.map((facet) => facet.asked)].join(', ');
  return count === 1 ? what : say`${count} times: ${what}`;
}
