/**
 * Sentences in the learner's language. The English text, its places numbered, is the message's id; a language is a
 * catalogue from ids to texts, see `texts/`. What is not in it is said in English.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** By English text with numbered places: `Container {0} is {1}.` */
export type Catalogue = ReadonlyMap<string, string>;

const spoken = new AsyncLocalStorage<Catalogue>();

/** Everything that `work` says, also later, is looked up in `catalogue`. */
export function saying<T>(catalogue: Catalogue, work: () => T): T {
  return spoken.run(catalogue, work);
}

/** A sentence or a phrase of one: ``say`Container ${span(name)} is paused.` ``. */
export function say(parts: TemplateStringsArray, ...values: (string | number | undefined)[]): string {
  const catalogue = spoken.getStore();
  const text = catalogue?.size ? catalogue.get(messageId(parts)) : undefined;
  if (text === undefined) return String.raw({ raw: parts }, ...values.map(String));
  return text.replace(/\{(\d{1,2})\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}

/** `Container {0} is {1}.` */
export function messageId(parts: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join('');
}

/** A table of fixed phrases, each said in the learner's language when it is looked up. */
export function words<const T extends Readonly<Record<string, string>>>(table: T): T {
  const said = {};
  for (const [key, text] of Object.entries(table)) {
    Object.defineProperty(said, key, {
      enumerable: true,
      get: () => spoken.getStore()?.get(text) ?? text,
    });
  }
  return said as T;
}
