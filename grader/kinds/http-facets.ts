import type { HttpCheck } from '../../protocol/checks/http.ts';
import type { HttpAnswer } from '../machine/http.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { nearlyMeets, textAsked, textMeets } from '../text-expectation.ts';
import { keyedTextFacets } from './config-facets.ts';

/** `place`: "`http://localhost/`". The status comes first, also where none is asked for. */
export function httpFacets(
  place: string,
  { status, body, headers }: HttpCheck['expect'],
): Facet<HttpAnswer>[] {
  const lowered = Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, text]) => [name.toLowerCase(), text]),
  );
  return [
    ...(status === undefined ? [] : [statusFacet(place, status)]),
    ...(body === undefined ? [] : [bodyFacet(place, body)]),
    ...keyedTextFacets<HttpAnswer>({
      noun: say`header`,
      wanted: headers === undefined ? undefined : lowered,
      subject: () => say`The answer of ${place}`,
      seen: (answer) => answer.headers,
    }),
  ];
}

function statusFacet(place: string, wanted: number): Facet<HttpAnswer> {
  return {
    asked: say`with status ${wanted}`,
    met: ({ status }) => status === wanted,
    miss: ({ status, headers }) => {
      const to = headers.get('location');
      const leads = to === undefined ? '' : say` It leads on to ${span(to)}, which is not followed.`;
      return {
        sentence: say`${place} answers with status ${status}; the task asks for ${wanted}.` + leads,
        observed: say`status ${status}`,
      };
    },
  };
}

function bodyFacet(place: string, wanted: NonNullable<HttpCheck['expect']['body']>): Facet<HttpAnswer> {
  const text = ({ body }: HttpAnswer): string => ('equals' in wanted ? body.replace(/\r?\n$/, '') : body);
  return {
    asked: say`saying ${textAsked(wanted)}`,
    met: (answer) => textMeets(wanted, text(answer)),
    miss: (answer) => {
      if (answer.body === '') {
        return {
          sentence: say`${place} answers with status ${answer.status} and nothing in it; the task asks for ${textAsked(wanted)}.`,
          observed: say`an empty answer`,
        };
      }
      const nearly = nearlyMeets(wanted, text(answer))
        ? say` Only spaces or upper and lower case differ.`
        : '';
      return {
        sentence:
          say`${place} answers ${span(answer.body)}; the task asks for ${textAsked(wanted)}.` + nearly,
        observed: span(answer.body),
      };
    },
  };
}
