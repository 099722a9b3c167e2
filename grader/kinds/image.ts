import type { ImageCheck } from '../../protocol/checks/image.ts';
import type { ImageCatalog } from '../docker/image-catalog.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, type Finding, type Question } from '../finding.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { explainNoImage } from './image-absent.ts';
import { imageFacets, type BaseImage, type SeenImage } from './image-facets.ts';
import { askedOfNamed, judgeNamed } from './named-thing.ts';

export async function evaluateImage(check: ImageCheck, { round }: Evaluation): Promise<Finding> {
  const { reference, present, expect } = check;
  const called = say`image ${span(reference)}`;
  const where = say`the images of your Docker`;
  const question = (base: BaseImage | null): Question => ({
    where,
    expected: askedOfNamed({ called, present, facets: imageFacets(expect, { reference, base }) }),
  });
  const images = await round.images();
  if (!images.ok) return couldNotLook(question(null), images);
  const [id] = images.value.idsOf(reference);
  const [seen, base] = await Promise.all([
    lookAt(id, check, round),
    lookAtBase(expect.base, images.value, round),
  ]);
  if (!seen.ok) return couldNotLook(question(null), seen);
  if (!base.ok) return couldNotLook(question(null), base);
  return judgeNamed({
    question: question(base.value),
    present,
    called,
    thing: seen.value ?? undefined,
    facets: imageFacets(expect, { reference, base: base.value }),
    absent: () => explainNoImage(reference, images.value),
  });
}

/** Null where it is not there, or gone by now. What is asked only by name needs no look at the image itself. */
async function lookAt(
  id: string | undefined,
  { expect, present }: ImageCheck,
  round: Round,
): Promise<Observation<SeenImage | null>> {
  if (id === undefined) return { ok: true, value: null };
  if (!present || Object.keys(expect).length === 0) {
    return { ok: true, value: { id, detail: null, steps: [] } };
  }
  const [detail, steps] = await Promise.all([
    round.image(id),
    expect.history === undefined ? ({ ok: true, value: [] } as const) : round.imageHistory(id),
  ]);
  if (!detail.ok) return detail;
  if (!steps.ok) return steps;
  if (detail.value === null) return { ok: true, value: null };
  return { ok: true, value: { id, detail: detail.value, steps: steps.value ?? [] } };
}

async function lookAtBase(
  reference: string | undefined,
  images: ImageCatalog,
  round: Round,
): Promise<Observation<BaseImage | null>> {
  const [id] = reference === undefined ? [] : images.idsOf(reference);
  if (id === undefined) return { ok: true, value: null };
  const detail = await round.image(id);
  if (!detail.ok) return detail;
  return { ok: true, value: detail.value === null ? null : { id, layers: detail.value.layers } };
}
