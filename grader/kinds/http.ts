import type { HttpCheck } from '../../protocol/checks/http.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, type Blindness, type Finding, type Question } from '../finding.ts';
import type { HttpSeen } from '../machine/http.ts';
import { judge } from '../nearest.ts';
import type { HttpLook } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { explainUnanswered, explainUnreached } from './http-hints.ts';
import { httpFacets } from './http-facets.ts';

export async function evaluateHttp(check: HttpCheck, { round }: Evaluation): Promise<Finding> {
  const { url, container, present, expect } = check;
  const place = container === undefined ? span(url) : say`${span(url)} of container ${span(container)}`;
  const facets = httpFacets(place, expect);
  const asked = facets.map((facet) => facet.asked);
  const question: Question = {
    where: place,
    expected: present ? [say`an answer from ${place}`, ...asked].join(', ') : say`no answer from ${place}`,
  };
  const target = await targetOf(check, round);
  if (target.outcome === 'blind') return couldNotLook(question, target.blindness);
  if (target.outcome === 'nowhere') {
    if (!present) return pass(question, { sentence: target.sentence, observed: say`nothing there` });
    return fail(question, { sentence: target.sentence, observed: say`nothing there` });
  }
  const seen = await round.http(target.look);
  if (!seen.ok) return couldNotLook(question, seen);
  const answer = seen.value;
  if (!present) return judgeSilence(question, place, answer);
  if (!answer.answered) {
    return fail(
      question,
      await explainUnanswered({ place, why: answer.why, look: target.look, check, round }),
    );
  }
  const [{ unmet } = { unmet: [] }] = judge([answer], facets);
  if (unmet[0] !== undefined) return fail(question, unmet[0].miss(answer), unmet.length);
  const sentence = `${[say`${place} answers with status ${answer.status}`, ...asked.slice(1)].join(', ')}.`;
  return pass(question, { sentence, observed: say`status ${answer.status}` });
}

function judgeSilence(question: Question, place: string, answer: HttpSeen): Finding {
  if (!answer.answered && answer.why === 'refused') {
    const sentence = say`Nobody answers at ${place}, as asked.`;
    return pass(question, { sentence, observed: say`no answer` });
  }
  const sentence = say`Something still answers at ${place}; the task asks that nobody does.`;
  return fail(question, { sentence, observed: say`an answer` }, 1);
}

type Target =
  | { outcome: 'look'; look: HttpLook }
  | { outcome: 'nowhere'; sentence: string }
  | { outcome: 'blind'; blindness: Blindness };

/** Where to connect: `localhost` is the machine, a container has an address while it runs. */
async function targetOf({ url, container }: HttpCheck, round: Round): Promise<Target> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const look = { port: port === '' ? 80 : Number(port), path: `${pathname}${search}`, host };
  if (container === undefined) {
    const address = hostname === 'localhost' ? '127.0.0.1' : hostname;
    return { outcome: 'look', look: { ...look, address } };
  }
  const containers = await round.containers();
  if (!containers.ok) return { outcome: 'blind', blindness: containers };
  const found = containers.value.find((each) => each.name === container);
  const [address] = found?.state === 'running' ? found.addresses : [];
  if (address !== undefined) return { outcome: 'look', look: { ...look, address } };
  return { outcome: 'nowhere', sentence: explainUnreached(container, found) };
}
