import type { AnswerCheck } from '../../protocol/checks/answer.ts';
import type { Round } from '../round.ts';
import { cleanAnswer, idDigits } from './answer-compare.ts';
import { thingAsked } from './answer-thing.ts';
import { say } from '../say.ts';

interface Mistake {
  check: AnswerCheck;
  typed: string;
  truth: readonly string[];
  round: Round;
}

/** Helps on the way without telling the answer: what was typed instead, else what is asked for. */
export async function explainMistake(mistake: Mistake): Promise<string> {
  const { check } = mistake;
  // Only its author knows in words what it is that it works out: the question says it.
  const asked = check.source.from === 'expression' ? '' : say`The ${thingAsked(check.source)} is asked for.`;
  if (check.compare === 'id') return check.source.from === 'expression' ? '' : explainId(mistake);
  if (check.compare === 'number') return asked;
  const confused = (await explainKernel(mistake)) ?? (await explainHostName(mistake));
  return confused ?? explainExact(mistake) ?? asked;
}

/** Another thing's id or name, which `docker ps` and `docker images` show in the very next column. */
async function explainId({ check, typed, round }: Mistake): Promise<string> {
  const [containers, images] = await Promise.all([round.containers(), round.images()]);
  const wanted = check.source.from === 'image' ? 'image' : 'container';
  const digits = idDigits(typed);
  const listed = containers.ok ? containers.value : [];
  const stored = images.ok ? images.value.images : [];
  if (digits === null) {
    if (listed.some((container) => container.name === typed)) {
      return say`That is the name of a container; an id is asked for.`;
    }
    if (stored.some((image) => image.tags.some((tag) => tag === typed || tag === say`${typed}:latest`))) {
      return say`That is the name of an image; an id is asked for.`;
    }
    return say`An id is one word of the digits 0 to 9 and the letters a to f.`;
  }
  const isContainer = listed.some((container) => container.id.startsWith(digits));
  const isImage = stored.some((image) => image.id.startsWith(`sha256:${digits}`));
  if (isImage && wanted === 'container') return say`That is the id of an image; a container's is asked for.`;
  if (isContainer && wanted === 'image') return say`That is the id of a container; an image's is asked for.`;
  if (stored.some((image) => image.digests.some((digest) => digest.includes(`@sha256:${digits}`)))) {
    return say`That is the digest of an image, its name in a registry; the id of ${wanted === 'image' ? say`the image` : say`a container`} is asked for.`;
  }
  if (isContainer || isImage) return say`That is the id of another ${wanted}.`;
  return say`Nothing there has an id that begins so.`;
}

/** One field of the kernel for another. */
async function explainKernel({ check, typed, round }: Mistake): Promise<string | null> {
  if (check.source.from !== 'kernel') return null;
  const kernel = await round.kernel();
  if (!kernel.ok) return null;
  const fields = ['release', 'version', 'machine'] as const;
  const named = fields.find((field) => cleanAnswer(kernel.value[field]) === typed);
  if (named === undefined) return null;
  const asked = thingAsked(check.source);
  return say`That is the ${thingAsked({ from: 'kernel', field: named })}; the ${asked} is asked for.`;
}

/** The machine's own for the container's: the command was typed at the wrong prompt. Or what `docker ps` tells of it. */
async function explainHostName({ check, typed, round }: Mistake): Promise<string | null> {
  if (check.source.from !== 'container' || check.source.field !== 'Config.Hostname') return null;
  const [file, containers] = await Promise.all([round.file('/etc/hostname'), round.containers()]);
  if (file.ok && file.value.text?.trim() === typed) {
    return say`That is the host name of your machine; the container's is asked for.`;
  }
  const listed = containers.ok ? containers.value : [];
  if (listed.some(({ name }) => name === typed)) {
    return say`That is the name by which Docker knows a container; its host name is asked for.`;
  }
  const isId = typed.length > 12 && listed.some(({ id }) => id.startsWith(typed));
  return isId ? say`That is the id of a container; its host name is asked for.` : null;
}

function explainExact({ typed, truth }: Mistake): string | null {
  const right = truth.map(cleanAnswer).filter((value) => value !== '');
  if (right.some((value) => value.toLowerCase() === typed.toLowerCase())) {
    return say`Only upper and lower case differ.`;
  }
  if (right.some((value) => standsIn(typed, value))) {
    return say`The answer is in there, with more around it: type the answer alone.`;
  }
  if (right.some((value) => typed.length * 2 >= value.length && value.startsWith(typed))) {
    return say`That is only the beginning of it: type it whole.`;
  }
  return null;
}

/** As a word, or between the signs of a prompt: `root@3f2a:/#`. */
function standsIn(typed: string, value: string): boolean {
  return (
    typed.split(/\s+/).includes(value) ||
    typed.includes(` ${value} `) ||
    typed.split(/[\s@:]+/).includes(value)
  );
}
