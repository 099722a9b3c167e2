/** What the pages themselves say in other languages, as far as they are translated: `languages/de.json`. */
import type { Catalogue } from './message.ts';

const catalogues = import.meta.glob<Catalogue>('./languages/*.json', { eager: true, import: 'default' });

/** Null where the pages speak English: of the course's own language, and of one that nobody translated them to. */
export function catalogueOf(language: string | undefined): Catalogue | null {
  return catalogues[`./languages/${language}.json`] ?? null;
}
