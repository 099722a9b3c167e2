import type { KeyedText, TextExpectation } from '../../protocol/checks/text.ts';
import type { ConfigSeen } from '../docker/config.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { nearlyMeets, textAsked, textMeets } from '../text-expectation.ts';

/** What is asked of the process alike for an image and for a container made of one. */
interface ConfigExpectation {
  entrypoint?: TextExpectation | undefined;
  cmd?: TextExpectation | undefined;
  workingDir?: string | undefined;
  user?: string | undefined;
  env?: KeyedText | undefined;
  labels?: KeyedText | undefined;
  exposedPorts?: string[] | undefined;
}

/** How a candidate is told: "Container `web`", "Image `nginx`". */
type Subject<T> = (candidate: T) => string;

export function configFacets<T>(options: {
  expect: ConfigExpectation;
  subject: Subject<T>;
  config: (candidate: T) => ConfigSeen;
}): Facet<T>[] {
  const { expect, subject, config } = options;
  const facets: Facet<T>[] = [];
  const text = (noun: string, key: 'entrypoint' | 'cmd', wanted: TextExpectation | undefined): void => {
    if (wanted === undefined) return;
    facets.push(textFacet({ noun, wanted, subject, seen: (candidate) => config(candidate)[key] }));
  };
  text(say`entrypoint`, 'entrypoint', expect.entrypoint);
  text(say`default command`, 'cmd', expect.cmd);
  const { workingDir, user, exposedPorts } = expect;
  if (workingDir !== undefined) {
    const wanted = { equals: workingDir };
    const seen = (candidate: T): string => config(candidate).workingDir.replace(/(.)\/+$/, '$1');
    facets.push(textFacet({ noun: say`working directory`, wanted, subject, seen }));
  }
  if (user !== undefined) facets.push(userFacet({ user, subject, config }));
  if (exposedPorts !== undefined) facets.push(exposedFacet({ exposedPorts, subject, config }));
  facets.push(
    ...keyedTextFacets({
      noun: say`environment variable`,
      wanted: expect.env,
      subject,
      seen: (candidate) => config(candidate).env,
    }),
    ...keyedTextFacets({
      noun: say`label`,
      wanted: expect.labels,
      subject,
      seen: (candidate) => config(candidate).labels,
    }),
  );
  return facets;
}

/** One text that something has: its driver, its entrypoint. */
export function textFacet<T>(options: {
  noun: string;
  wanted: TextExpectation;
  subject: Subject<T>;
  seen: (candidate: T) => string;
}): Facet<T> {
  const { noun, wanted, subject, seen } = options;
  return {
    asked: say`with the ${noun} ${textAsked(wanted)}`,
    met: (candidate) => textMeets(wanted, seen(candidate)),
    miss: (candidate) => {
      const text = seen(candidate);
      const has = text === '' ? say`no ${noun}` : say`the ${noun} ${span(text)}`;
      return {
        sentence: say`${subject(candidate)} has ${has}; the task asks for ${textAsked(wanted)}.`,
        observed: has,
      };
    },
  };
}

/** Texts by key: environment variables, labels. */
export function keyedTextFacets<T>(options: {
  noun: string;
  wanted: KeyedText | undefined;
  subject: Subject<T>;
  seen: (candidate: T) => ReadonlyMap<string, string>;
}): Facet<T>[] {
  const { noun, wanted = {}, subject, seen } = options;
  return Object.entries(wanted).map(([key, text]) => ({
    asked: say`with the ${noun} ${span(key)} set to ${textAsked(text)}`,
    met: (candidate) => {
      const value = seen(candidate).get(key);
      return value !== undefined && textMeets(text, value);
    },
    miss: (candidate) => {
      const value = seen(candidate).get(key);
      if (value !== undefined) {
        const sentence = say`${subject(candidate)} has ${span(value)} in the ${noun} ${span(key)}; the task asks for ${textAsked(text)}.${valueHint(text, value)}`;
        return { sentence, observed: say`${span(key)} is ${span(value)}` };
      }
      const alike = [...seen(candidate).keys()].find((other) => other.toLowerCase() === key.toLowerCase());
      const instead = alike === undefined ? '' : say` It has ${span(alike)}: upper and lower case count.`;
      return {
        sentence: say`${subject(candidate)} has no ${noun} ${span(key)}; the task asks for one set to ${textAsked(text)}.${instead}`,
        observed: alike === undefined ? say`no ${noun} ${span(key)}` : `${noun} ${span(alike)}`,
      };
    },
  }));
}

/** Quotes in an env file are not taken off, which few expect. */
function valueHint(wanted: TextExpectation, value: string): string {
  const bare = /^(["'])(.*)\1$/s.exec(value)?.[2];
  if (bare !== undefined && textMeets(wanted, bare)) return say` The quotes have become part of the value.`;
  return nearlyMeets(wanted, value) ? say` Only spaces or upper and lower case differ.` : '';
}

function userFacet<T>(options: {
  user: string;
  subject: Subject<T>;
  config: (candidate: T) => ConfigSeen;
}): Facet<T> {
  const { user, subject, config } = options;
  return {
    asked: say`with the user ${span(user)}`,
    met: (candidate) => {
      const seen = config(candidate).user;
      return seen === user || (!user.includes(':') && seen.split(':', 1)[0] === user);
    },
    miss: (candidate) => {
      const seen = config(candidate).user;
      const runs =
        seen === '' ? say`has no user set, so it runs as root` : say`has the user ${span(seen)} set`;
      return {
        sentence: say`${subject(candidate)} ${runs}; the task asks for ${span(user)}.`,
        observed: seen === '' ? say`no user` : say`user ${span(seen)}`,
      };
    },
  };
}

function exposedFacet<T>(options: {
  exposedPorts: readonly string[];
  subject: Subject<T>;
  config: (candidate: T) => ConfigSeen;
}): Facet<T> {
  const { exposedPorts, subject, config } = options;
  return {
    asked: say`exposing ${spans(exposedPorts)}`,
    met: (candidate) => exposedPorts.every((port) => config(candidate).exposedPorts.includes(port)),
    miss: (candidate) => {
      const seen = config(candidate).exposedPorts;
      const lacking = exposedPorts.filter((port) => !seen.includes(port));
      const exposes = seen.length === 0 ? say`exposes no port` : say`exposes ${spans(seen)}`;
      return {
        sentence: say`${subject(candidate)} ${exposes}; the task asks for ${spans(lacking)}.`,
        observed: exposes,
      };
    },
  };
}
