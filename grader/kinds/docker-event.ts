import type { DockerEventCheck } from '../../protocol/checks/docker-event.ts';
import type { DockerEventSeen } from '../docker/event.ts';
import { looksLikeImageId } from '../docker/image-reference.ts';
import { ImageCatalog } from '../docker/image-catalog.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, type Finding, type Question, type Seen } from '../finding.ts';
import { judge } from '../nearest.ts';
import type { Round } from '../round.ts';
import { eventFacets } from './docker-event-facets.ts';
import { describeEvent, eventSubject, imageOfEvent, isMeantEvent } from './docker-event-find.ts';
import { happened, hasWords, timesWord } from './docker-event-words.ts';
import { say } from '../say.ts';

/** The events that a check looks at: of its type, newest first. */
interface Witnessed {
  check: DockerEventCheck;
  events: readonly DockerEventSeen[];
  images: ImageCatalog;
}

export async function evaluateDockerEvent(check: DockerEventCheck, { round }: Evaluation): Promise<Finding> {
  const seen = await round.dockerEvents();
  const question: Question = { expected: expectation(check), where: say`the events of your Docker` };
  if (!seen.ok) return couldNotLook(question, seen);
  const events = seen.value.filter((event) => event.type === check.type).toReversed();
  const witnessed: Witnessed = { check, events, images: await imagesFor(check, events, round) };
  const meant = events.filter(
    (event) => event.action === check.action && isMeantEvent(event, check, witnessed.images),
  );
  if (meant.length === 0) return fail(question, explainNone(witnessed));
  const judged = judge(
    meant,
    eventFacets(witnessed, (event) => describeEvent(event, witnessed.images)),
  );
  const met = judged.filter(({ unmet }) => unmet.length === 0);
  const nearest = judged[0]!;
  if (met.length === 0)
    return fail(question, nearest.unmet[0]!.miss(nearest.candidate), nearest.unmet.length);
  const one = `${describeEvent(nearest.candidate, witnessed.images)} ${happened(check.type, check.action)}`;
  const code = nearest.candidate.exitCode;
  const sentence = check.action === 'die' && code !== null ? say`${one} with exit code ${code}.` : `${one}.`;
  const times = timesWord(met.length);
  if (met.length >= check.times) return pass(question, { sentence, observed: times });
  const wanted = say`That is ${times}; the task asks for ${timesWord(check.times)}.`;
  return fail(question, { sentence: `${sentence} ${wanted}`, observed: times }, 1);
}

/** Ids need resolving; where Docker does not list its images, names alone are compared. */
async function imagesFor(
  check: DockerEventCheck,
  events: readonly DockerEventSeen[],
  round: Round,
): Promise<ImageCatalog> {
  if (check.image === undefined || !events.some((event) => looksLikeImageId(imageOfEvent(event)))) {
    return ImageCatalog.empty;
  }
  const images = await round.images();
  return images.ok ? images.value : ImageCatalog.empty;
}

function expectation(check: DockerEventCheck): string {
  const code = check.exitCode === undefined ? '' : say` with exit code ${check.exitCode}`;
  const also = (check.also ?? []).map((action) => say` and ${happened(check.type, action)}`).join('');
  const times = check.times === 1 ? '' : `, ${timesWord(check.times)}`;
  return say`${eventSubject(check)} that ${happened(check.type, check.action)}${code}${also}${times}`;
}

/** Nearest first: the right thing to which something else happened, then another thing to which it happened. */
function explainNone(witnessed: Witnessed): Seen {
  const { check, events } = witnessed;
  const none = say`No ${eventSubject(check)} ${happened(check.type, check.action)} so far`;
  const related = events.find(
    (event) => hasWords(check.type, event.action) && isMeantEvent(event, check, witnessed.images),
  );
  if (related !== undefined && (check.image !== undefined || check.name !== undefined)) {
    const what = `${describeEvent(related, witnessed.images)} ${happened(check.type, related.action)}`;
    return { sentence: say`${none}. The last that was seen: ${what}.`, observed: what };
  }
  const other = events.find((event) => event.action === check.action);
  if (other === undefined) return { sentence: `${none}.`, observed: say`no such event` };
  const what = describeEvent(other, witnessed.images);
  return {
    sentence: say`${none}; the last that did was ${what.replace(/^./, (letter) => letter.toLowerCase())}.`,
    observed: what,
  };
}
