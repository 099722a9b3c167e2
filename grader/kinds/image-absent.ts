import type { ImageCatalog } from '../docker/image-catalog.ts';
import { repositoryOf } from '../docker/image-reference.ts';
import type { Seen } from '../finding.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';

/** Nearest first: another tag of the same repository, then whatever there is. */
export function explainNoImage(reference: string, { images }: ImageCatalog): Seen {
  const tags = images.flatMap((image) => image.tags);
  const siblings = tags.filter((tag) => repositoryOf(tag) === repositoryOf(reference));
  const tagged = /[:@][^/]*$/.test(reference) ? reference : say`${reference}:latest`;
  if (siblings.length > 0) {
    const sentence = say`There is ${spans(siblings)}, but not ${span(tagged)}, which the task asks for.`;
    const hint = say`A tag is part of the name: without one, Docker takes \`latest\`. \`docker tag\` gives an image a further name.`;
    return { sentence, observed: spans(siblings), hint };
  }
  if (tags.length === 0) {
    return {
      sentence: say`There is no image ${span(reference)} yet; there is no image at all.`,
      observed: say`no image`,
    };
  }
  const sentence = say`There is no image ${span(reference)} yet; there is ${spans(tags, 4)}.`;
  return { sentence, observed: spans(tags) };
}
