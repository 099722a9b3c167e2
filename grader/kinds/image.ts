import type { ImageCheck } from '../../protocol/checks/image.ts';
import { repositoryOf } from '../docker/image-reference.ts';
import type { ImageCatalog } from '../docker/image-catalog.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, type Finding, type Seen } from '../finding.ts';
import { span, spans } from '../span.ts';

export async function evaluateImage(check: ImageCheck, { round }: Evaluation): Promise<Finding> {
  const name = span(check.reference);
  const question = {
    expected: check.present ? `image ${name}` : `no image ${name}`,
    where: 'the images of your Docker',
  };
  const images = await round.images();
  if (!images.ok) return couldNotLook(question, images);
  const present = images.value.idsOf(check.reference).length > 0;
  if (present && check.present) {
    return pass(question, { sentence: `Image ${name} is there.`, observed: `image ${name}` });
  }
  if (present) {
    const sentence = `Image ${name} is still there; the task asks that it be gone.`;
    return fail(question, { sentence, observed: `image ${name}` });
  }
  if (!check.present) {
    return pass(question, {
      sentence: `Image ${name} is not there, as asked.`,
      observed: `no image ${name}`,
    });
  }
  return fail(question, absent(check.reference, images.value));
}

function absent(reference: string, { images }: ImageCatalog): Seen {
  const tags = images.flatMap((image) => image.tags);
  const siblings = tags.filter((tag) => repositoryOf(tag) === repositoryOf(reference));
  const tagged = /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
  if (siblings.length > 0) {
    const sentence = `There is ${spans(siblings)}, but not ${span(tagged)}, which the task asks for.`;
    return { sentence, observed: spans(siblings) };
  }
  if (tags.length === 0) {
    return {
      sentence: `There is no image ${span(reference)} yet; there is no image at all.`,
      observed: 'no image',
    };
  }
  const sentence = `There is no image ${span(reference)} yet; there is ${spans(tags, 4)}.`;
  return { sentence, observed: spans(tags) };
}
