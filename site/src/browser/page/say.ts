/** Sentences in the language of the page, which brings its catalogue along; an English page brings none. */
import { sayIn, type Catalogue } from '../../text/message.ts';

/** Id of the element that holds the catalogue as JSON. */
const catalogueId = 'camp-texts';

function readCatalogue(): Catalogue {
  // Tests without a page speak English.
  if (typeof document === 'undefined') return {};
  const text = document.getElementById(catalogueId)?.textContent ?? '';
  return text === '' ? {} : (JSON.parse(text) as Catalogue);
}

const catalogue = readCatalogue();

export const say = sayIn(catalogue);

/** A whole sentence that came from elsewhere in English, such as the portal's of an error. */
export function sayKnown<T extends string | undefined>(sentence: T): T {
  return sentence !== undefined && Object.hasOwn(catalogue, sentence) ? (catalogue[sentence] as T) : sentence;
}

/** As `Intl` takes it: of the page where it is translated, else the reader's own. */
export const pageLocale: string | undefined =
  Object.keys(catalogue).length === 0 ? undefined : document.documentElement.lang;
