import type { BeforeCheck } from '../../protocol/checks/before.ts';
import type { DockerEventSeen } from '../docker/event.ts';
import { looksLikeImageId } from '../docker/image-reference.ts';
import { ImageCatalog } from '../docker/image-catalog.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, type Finding, type Question } from '../finding.ts';
import { describeEvent, eventSubject, imageOfEvent, isMeantEvent } from './docker-event-find.ts';
import { happened } from './docker-event-words.ts';
import { say } from '../say.ts';

type Wanted = BeforeCheck['events'][number];

/** Each after the one before it: the earliest that fits is taken, which leaves most room for the rest. */
export async function evaluateBefore({ events }: BeforeCheck, { round }: Evaluation): Promise<Finding> {
  const question: Question = {
    expected: events.map(asked).join(say`, then `),
    where: say`the events of your Docker`,
  };
  const seen = await round.dockerEvents();
  if (!seen.ok) return couldNotLook(question, seen);
  const byId = seen.value.some((event) => looksLikeImageId(imageOfEvent(event)));
  const list = byId && events.some(({ image }) => image !== undefined) ? await round.images() : null;
  const images = list?.ok ? list.value : ImageCatalog.empty;
  const fits = (wanted: Wanted, event: DockerEventSeen): boolean =>
    event.type === wanted.type &&
    event.action === wanted.action &&
    isMeantEvent(event, wanted, images) &&
    (wanted.exitCode === undefined || event.exitCode === wanted.exitCode);
  const told = (event: DockerEventSeen): string =>
    `${describeEvent(event, images)} ${happened(event.type as Wanted['type'], event.action)}`;
  const found: DockerEventSeen[] = [];
  let from = 0;
  for (const [index, wanted] of events.entries()) {
    const at = seen.value.findIndex((event, position) => position >= from && fits(wanted, event));
    if (at === -1) {
      const tooEarly = seen.value
        .slice(0, from)
        .find((event) => !found.includes(event) && fits(wanted, event));
      const last = found.at(-1);
      return fail(question, explain({ wanted, last, tooEarly, told }), events.length - index);
    }
    found.push(seen.value[at]!);
    from = at + 1;
  }
  const sequence = found.map(told).map((text, index) => (index === 0 ? text : lowerFirst(text)));
  return pass(question, { sentence: `${sequence.join(say`, then `)}.`, observed: say`in this order` });
}

function asked(wanted: Wanted): string {
  const code = wanted.exitCode === undefined ? '' : say` with exit code ${wanted.exitCode}`;
  return say`${eventSubject(wanted)} that ${happened(wanted.type, wanted.action)}${code}`;
}

function explain(options: {
  wanted: Wanted;
  last: DockerEventSeen | undefined;
  tooEarly: DockerEventSeen | undefined;
  told: (event: DockerEventSeen) => string;
}): { sentence: string; observed: string } {
  const { wanted, last, tooEarly, told } = options;
  const code = wanted.exitCode === undefined ? '' : say` with exit code ${wanted.exitCode}`;
  const what = `${eventSubject(wanted)} ${happened(wanted.type, wanted.action)}${code}`;
  if (last === undefined) return { sentence: say`No ${what} so far.`, observed: say`no such event` };
  if (tooEarly === undefined) {
    return {
      sentence: say`${told(last)}, but no ${what} after that.`,
      observed: say`no such event after it`,
    };
  }
  const observed = say`${told(tooEarly)} before that, not after it`;
  return { sentence: say`${told(last)}, but ${lowerFirst(observed)}.`, observed };
}

function lowerFirst(text: string): string {
  return text.replace(/^./, (letter) => letter.toLowerCase());
}
