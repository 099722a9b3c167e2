import type { AnswerCheck } from '../protocol/checks/answer.ts';
import type { DockerEventCheck } from '../protocol/checks/docker-event.ts';
import type { FileCheck } from '../protocol/checks/file.ts';
import type { ProcessCheck } from '../protocol/checks/process.ts';
import type { TextExpectation } from '../protocol/checks/text.ts';
import type { Check } from '../protocol/exercise.ts';

/** What a check asks for that cannot be or means nothing, though each part of it is well formed. */
export interface Contradiction {
  /** Of the key at fault, below the check. */
  path: string[];
  message: string;
}

export function contradictionsIn(check: Check): Contradiction[] {
  return [...ofKind(check), ...endlessPatterns(check)];
}

function ofKind(check: Check): Contradiction[] {
  switch (check.kind) {
    case 'file':
      return inFile(check);
    case 'docker-event':
      return inDockerEvent(check);
    case 'process':
      return inProcess(check);
    case 'answer':
      return inAnswer(check);
    case 'container':
    case 'image':
      return [];
  }
}

const facets = ['executable', 'mode', 'uid', 'gid', 'content', 'entries'] as const;
const meaningful: Record<FileCheck['type'], readonly (typeof facets)[number][]> = {
  file: ['executable', 'mode', 'uid', 'gid', 'content'],
  directory: ['executable', 'mode', 'uid', 'gid', 'entries'],
  absent: [],
};

function inFile(check: FileCheck): Contradiction[] {
  const asked = facets.filter((key) => check[key] !== undefined);
  return asked
    .filter((key) => !meaningful[check.type].includes(key))
    .map((key) => ({
      path: [key],
      message: `\`${key}\` means nothing where \`type\` is \`${check.type}\`; leave it out or change \`type\``,
    }));
}

function inDockerEvent(check: DockerEventCheck): Contradiction[] {
  const found: Contradiction[] = [];
  if (check.exitCode !== undefined && check.action !== 'die') {
    const message = `only \`die\` has an exit code, and \`action\` is \`${check.action}\``;
    found.push({ path: ['exitCode'], message });
  }
  if (check.also !== undefined && check.type !== 'container') {
    const message = `\`also\` is for \`type: container\`, and \`type\` is \`${check.type}\``;
    found.push({ path: ['also'], message });
  }
  if (check.image !== undefined && check.type !== 'container' && check.type !== 'image') {
    const message = `an event of type \`${check.type}\` has no image; expected \`name\``;
    found.push({ path: ['image'], message });
  }
  return found;
}

function inProcess(check: ProcessCheck): Contradiction[] {
  if (check.find.name !== undefined || check.find.command !== undefined) return [];
  const message =
    '`find` is empty, so that any process of the machine would do; expected `name` or `command`';
  return [{ path: ['find'], message }];
}

function inAnswer(check: AnswerCheck): Contradiction[] {
  if (check.source.from !== 'file' || check.source.pattern === undefined) return [];
  try {
    const groups = new RegExp(`${check.source.pattern}|`, 'mu').exec('')!.length - 1;
    if (groups > 0) return [];
  } catch (error) {
    const message = `\`pattern\` is no regular expression: ${error instanceof Error ? error.message : String(error)}`;
    return [{ path: ['source', 'pattern'], message }];
  }
  const message = '`pattern` has no group; expected the answer between round brackets';
  return [{ path: ['source', 'pattern'], message }];
}

/**
 * A regular expression is fed with text that a learner chooses. A repeated group that repeats within, like `(a+)+`, can
 * keep the grader busy for ever on it.
 */
function endlessPatterns(check: Check): Contradiction[] {
  return patternsOf(check)
    .filter(({ pattern }) => /\([^()]*[+*}][^()]*\)(?:[+*]|\{\d+,)/.test(pattern))
    .map(({ path, pattern }) => ({
      path,
      message: `\`${pattern}\` repeats a group that repeats within, which can take for ever; write it without one of the two`,
    }));
}

function patternsOf(check: Check): { path: string[]; pattern: string }[] {
  const texts: { path: string[]; text: TextExpectation | undefined }[] = [];
  if (check.kind === 'file') texts.push({ path: ['content'], text: check.content });
  if (check.kind === 'container') texts.push({ path: ['expect', 'command'], text: check.expect.command });
  if (check.kind === 'process') {
    texts.push(
      { path: ['find', 'name'], text: check.find.name },
      { path: ['find', 'command'], text: check.find.command },
    );
  }
  const found = texts.flatMap(({ path, text }) =>
    text !== undefined && 'matches' in text ? [{ path: [...path, 'matches'], pattern: text.matches }] : [],
  );
  if (check.kind === 'answer' && check.source.from === 'file' && check.source.pattern !== undefined) {
    found.push({ path: ['source', 'pattern'], pattern: check.source.pattern });
  }
  return found;
}
