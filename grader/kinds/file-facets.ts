import type { FileCheck } from '../../protocol/checks/file.ts';
import type { FileSeen } from '../machine/file.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { nearlyMeets, textAsked, textMeets } from '../text-expectation.ts';

/** `known`: the observation has what the facet is about. */
export type FileFacet = Facet<FileSeen> & { what: string; known(file: FileSeen): boolean };

export function fileIs(file: FileSeen): string {
  if (file.type === 'file') return say`a file`;
  if (file.type === 'directory') return say`a directory`;
  return say`neither a file nor a directory`;
}

/** `0644`, as chmod and ls understand it. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** What a check asks of a path beyond its type, in the order in which a learner would mend it. */
export function fileFacets(check: FileCheck): FileFacet[] {
  return [...entryFacets(check), ...contentFacets(check), ...modeFacets(check), ...ownerFacets(check)];
}

function entryFacets({ path, entries }: FileCheck): FileFacet[] {
  if (entries === undefined) return [];
  const missing = (file: FileSeen): string[] => entries.filter((name) => !file.entries?.includes(name));
  return [
    {
      asked: say`with ${spans(entries)} in it`,
      what: 'entries',
      known: (file) => file.entries !== undefined,
      met: (file) => missing(file).length === 0,
      miss: (file) => {
        const lacking = missing(file);
        const there = entries.filter((name) => !lacking.includes(name));
        const shown = there.length > 0 ? there : (file.entries ?? []).toSorted();
        const verb = lacking.length === 1 ? say`is` : say`are`;
        const sentence =
          shown.length === 0
            ? say`${span(path)} is empty; ${spans(lacking)} ${verb} missing.`
            : say`${span(path)} holds ${spans(shown)}, but ${spans(lacking)} ${verb} missing.`;
        return { sentence, observed: shown.length === 0 ? say`empty` : spans(shown) };
      },
    },
  ];
}

function contentFacets({ path, content }: FileCheck): FileFacet[] {
  if (content === undefined) return [];
  const textOf = (file: FileSeen): string => (file.text ?? '').replace(/\r?\n$/, '');
  const asked = textAsked(content);
  const holding = 'equals' in content ? say`holding exactly ${asked}` : say`holding ${asked}`;
  return [
    {
      asked: 'contains' in content ? say`with ${span(content.contains)} in it` : holding,
      what: 'text',
      known: (file) => file.text !== undefined,
      met: (file) => textMeets(content, 'equals' in content ? textOf(file) : (file.text ?? '')),
      miss: (file) => {
        const text = textOf(file);
        if (text === '')
          return { sentence: say`${span(path)} is empty; it should hold ${asked}.`, observed: say`empty` };
        const nearly = nearlyMeets(content, text) ? say` Only spaces or upper and lower case differ.` : '';
        const sentence = say`${span(path)} holds ${span(text)}; the task asks for ${asked}.${nearly}`;
        return { sentence, observed: span(text) };
      },
    },
  ];
}

function modeFacets({ path, executable, mode }: FileCheck): FileFacet[] {
  const facets: FileFacet[] = [];
  const known = (file: FileSeen): boolean => file.mode !== undefined;
  const seen = (file: FileSeen): string => say`mode \`${octal(file.mode ?? 0)}\``;
  if (executable !== undefined) {
    facets.push({
      asked: executable ? say`executable` : say`not executable`,
      what: 'mode',
      known,
      met: (file) => (((file.mode ?? 0) & 0o111) !== 0) === executable,
      miss: (file) => {
        const fault = executable
          ? say`exists but cannot be executed`
          : say`can be executed and should not be`;
        return {
          sentence: say`${span(path)} ${fault}: its mode is \`${octal(file.mode ?? 0)}\`.`,
          observed: seen(file),
        };
      },
    });
  }
  if (mode !== undefined) {
    const wanted = Number.parseInt(mode, 8);
    facets.push({
      asked: say`mode \`${octal(wanted)}\``,
      what: 'mode',
      known,
      met: (file) => file.mode === wanted,
      miss: (file) => ({
        sentence: say`${span(path)} has ${seen(file)}; the task asks for \`${octal(wanted)}\`.`,
        observed: seen(file),
      }),
    });
  }
  return facets;
}

function ownerFacets({ path, uid, gid }: FileCheck): FileFacet[] {
  const owners = [
    { key: 'uid', word: say`user`, wanted: uid },
    { key: 'gid', word: say`group`, wanted: gid },
  ] as const;
  return owners.flatMap(({ key, word, wanted }) => {
    if (wanted === undefined) return [];
    const facet: FileFacet = {
      asked: say`of ${word} id ${wanted}`,
      what: say`${word} id`,
      known: (file) => file[key] !== undefined,
      met: (file) => file[key] === wanted,
      miss: (file) => ({
        sentence: say`${span(path)} belongs to ${word} id ${file[key]}; the task asks for ${wanted}.`,
        observed: say`${word} id ${file[key]}`,
        hint:
          key === 'uid'
            ? say`\`chown\` changes the owner; \`chmod\` changes only what is allowed.`
            : say`\`chgrp\` changes the group, or \`chown\` with a colon before it.`,
      }),
    };
    return [facet];
  });
}
