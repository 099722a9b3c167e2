/** In which language a page is, and where its neighbours in that language are. */
import { catalogueOf } from '../text/catalogue.ts';
import { sayIn, type Say } from '../text/message.ts';
import type { Translation } from './translation.ts';

/** What the components of a page ask of `Astro.locals`. */
export interface PageLanguage {
  /** Of the course: `de`; undefined for the one it is written in. */
  language?: string | undefined;
}

/** The language of the page's own words: of the course's, where the pages are translated to it. */
export function wordsLanguage({ language }: PageLanguage): string {
  return catalogueOf(language) === null ? 'en' : language!;
}

/** For the page's own words. */
export function sayOf({ language }: PageLanguage): Say {
  return sayIn(catalogueOf(language) ?? {});
}

/** For the `lang` of an author's words in `language`: undefined where it is the page's anyway. */
export function langOf(page: PageLanguage, language: string | undefined): string | undefined {
  const words = language ?? 'en';
  return words === wordsLanguage(page) ? undefined : words;
}

/** `/results/` as `/de/results/`; addresses elsewhere and on the same page stay. */
export function pathIn({ language }: PageLanguage, path: string): string {
  return language !== undefined && path.startsWith('/') && !path.startsWith('/api/')
    ? `/${language}${path}`
    : path;
}

/** Props of the pages that are there once for each language of the course. */
export function languagePaths<P extends object>(
  translations: readonly Translation[],
  props: P,
): { params: { language: string }; props: P & { language: Translation } }[] {
  return translations.map((language) => ({
    params: { language: language.code },
    props: { ...props, language },
  }));
}
