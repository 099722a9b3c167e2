import { z } from 'zod';
import type { RegistryCheck } from '../../protocol/checks/registry.ts';
import type { Seen } from '../finding.ts';
import type { HttpSeen } from '../machine/http.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { firstItems } from '../untrusted-array.ts';
import { containerStateIs } from './container-seen.ts';

const tagListSchema = z.object({ tags: firstItems(z.string(), 200).catch([]) }).catch({ tags: [] });

/** A registry that is not up is most often a container that is not running, or not published. */
export async function explainNoRegistry(options: {
  check: RegistryCheck;
  where: string;
  why: 'refused' | 'silent' | 'broken';
  round: Round;
}): Promise<Seen> {
  const { where, why, round } = options;
  const sentence =
    why === 'refused' ? say`Nobody answers at ${where} yet.` : say`What answers at ${where} is no registry.`;
  const seen: Seen = { sentence, observed: say`no registry` };
  const containers = await round.containers();
  const found = containers.ok
    ? containers.value.find(({ image }) => /(^|\/)registry(:|@|$)/.test(image))
    : undefined;
  if (found === undefined) return seen;
  if (found.state !== 'running') {
    return {
      ...seen,
      hint: say`Container ${span(found.name)} from \`registry\` ${containerStateIs(found)}.`,
    };
  }
  return {
    ...seen,
    hint: say`Container ${span(found.name)} from \`registry\` is running; it listens on its port 5000, and that has to be published with \`-p\`.`,
  };
}

/** Other tags of the repository, else the image that is only in the learner's own Docker. */
export async function explainNotInRegistry(options: {
  check: RegistryCheck;
  named: string;
  where: string;
  list: Observation<HttpSeen>;
  round: Round;
}): Promise<Seen> {
  const { check, named, where, list, round } = options;
  const tags = tagsIn(list);
  if (tags.length > 0) {
    const sentence = say`${where} has ${span(check.repository)} with the tags ${spans(tags, 4)}, but not ${span(check.tag)}.`;
    return { sentence: capitalized(sentence), observed: spans(tags, 4) };
  }
  const seen: Seen = {
    sentence: say`There is no ${named} in ${where} yet.`,
    observed: say`no such repository`,
  };
  const images = await round.images();
  if (!images.ok || check.registry === 'course') return seen;
  const target = `${check.registry}/${check.repository}:${check.tag}`;
  if (images.value.idsOf(target).length > 0) {
    return { ...seen, hint: say`Your Docker has an image ${span(target)}: it is still to be pushed.` };
  }
  const [local] = images.value.idsOf(`${check.repository}:${check.tag}`);
  if (local === undefined) return seen;
  return {
    ...seen,
    hint: say`Your image ${span(`${check.repository}:${check.tag}`)} has no name of that registry yet: \`docker tag\` gives it ${span(target)}.`,
  };
}

function tagsIn(list: Observation<HttpSeen>): string[] {
  if (!list.ok || !list.value.answered || list.value.status !== 200) return [];
  try {
    return tagListSchema.parse(JSON.parse(list.value.body)).tags;
  } catch {
    // Not JSON, so no registry's word.
    return [];
  }
}

function capitalized(sentence: string): string {
  return sentence.replace(/^./, (letter) => letter.toUpperCase());
}
