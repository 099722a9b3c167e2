/** Every text expectation of a check, and what is wrong with the regular expressions among them. */
import type { NestedCheck } from '../protocol/checks/combined.ts';
import type { ContainerCheck } from '../protocol/checks/container.ts';
import type { KeyedText, TextExpectation } from '../protocol/checks/text.ts';
import type { Check } from '../protocol/exercise.ts';
import type { Contradiction } from './check-rules.ts';

/**
 * A regular expression is fed with text that a learner chooses. A repeated group that repeats within, like `(a+)+`, can
 * keep the grader busy for ever on it.
 */
export function endlessPatterns(check: Check | NestedCheck): Contradiction[] {
  return patternsOf(check)
    .filter(({ pattern }) => /\([^()]*[+*}][^()]*\)(?:[+*]|\{\d+,)/.test(pattern))
    .map(({ path, pattern }) => ({
      path,
      message: `\`${pattern}\` repeats a group that repeats within, which can take for ever; write it without one of the two`,
    }));
}

function patternsOf(check: Check | NestedCheck): { path: string[]; pattern: string }[] {
  const found = textsOf(check).flatMap(({ path, text }) =>
    text !== undefined && 'matches' in text ? [{ path: [...path, 'matches'], pattern: text.matches }] : [],
  );
  if (check.kind === 'answer' && check.source.from === 'file' && check.source.pattern !== undefined) {
    found.push({ path: ['source', 'pattern'], pattern: check.source.pattern });
  }
  return found;
}

interface PlacedText {
  path: string[];
  text: TextExpectation | undefined;
}

function at(text: TextExpectation | undefined, ...path: string[]): PlacedText {
  return { path, text };
}

function keyed(texts: KeyedText | undefined, ...path: string[]): PlacedText[] {
  return Object.entries(texts ?? {}).map(([key, text]) => at(text, ...path, key));
}

function ofConfig({
  entrypoint,
  env,
  labels,
}: Pick<ContainerCheck['expect'], 'entrypoint' | 'env' | 'labels'>): PlacedText[] {
  return [
    at(entrypoint, 'expect', 'entrypoint'),
    ...keyed(env, 'expect', 'env'),
    ...keyed(labels, 'expect', 'labels'),
  ];
}

/** Those of nested checks are looked at with those checks. */
function textsOf(check: Check | NestedCheck): PlacedText[] {
  switch (check.kind) {
    case 'file':
      return [at(check.content, 'content'), at(check.linkTo, 'linkTo')];
    case 'http':
      return [at(check.expect.body, 'expect', 'body'), ...keyed(check.expect.headers, 'expect', 'headers')];
    case 'compose':
      return keyed(check.file?.says, 'file', 'says');
    case 'script':
      return [at(check.output, 'output')];
    case 'cgroup':
      return [
        at(check.expect.member?.name, 'expect', 'member', 'name'),
        at(check.expect.member?.command, 'expect', 'member', 'command'),
      ];
    case 'mount':
      return [at(check.seenBy?.name, 'seenBy', 'name'), at(check.seenBy?.command, 'seenBy', 'command')];
    case 'namespace':
      return (['of', 'beside'] as const).flatMap((key) => {
        const owner = check[key];
        if (owner === 'machine' || !('process' in owner)) return [];
        return [
          at(owner.process.name, key, 'process', 'name'),
          at(owner.process.command, key, 'process', 'command'),
        ];
      });
    case 'container':
      return [at(check.expect.command, 'expect', 'command'), ...ofConfig(check.expect)];
    case 'image': {
      const { cmd, history } = check.expect;
      return [at(cmd, 'expect', 'cmd'), at(history, 'expect', 'history'), ...ofConfig(check.expect)];
    }
    case 'volume':
    case 'network':
      return keyed(check.expect.labels, 'expect', 'labels');
    case 'process':
      return [
        { path: ['find'], wanted: check.find },
        { path: ['expect', 'sameNamespacesAs', 'process'], wanted: check.expect.sameNamespacesAs?.process },
        { path: ['expect', 'differsFrom', 'process'], wanted: check.expect.differsFrom?.process },
      ].flatMap(({ path, wanted }) => [
        at(wanted?.name, ...path, 'name'),
        at(wanted?.command, ...path, 'command'),
      ]);
    default:
      return [];
  }
}
