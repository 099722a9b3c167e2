import { messageOf } from '../protocol/errors.ts';
import { parseExpression } from '../grader/expression/parse.ts';
import { ExpressionError } from '../grader/expression/token.ts';
import { seenIn } from '../grader/expression/tree.ts';
import type { AnswerCheck } from '../protocol/checks/answer.ts';
import type { NestedCheck } from '../protocol/checks/combined.ts';
import type { ContainerCheck } from '../protocol/checks/container.ts';
import type { DockerEventCheck } from '../protocol/checks/docker-event.ts';
import type { FileCheck } from '../protocol/checks/file.ts';
import type { ImageCheck } from '../protocol/checks/image.ts';
import type { NamespaceCheck } from '../protocol/checks/namespace.ts';
import type { ProcessCheck } from '../protocol/checks/process.ts';
import type { Check } from '../protocol/exercise.ts';
import { endlessPatterns } from './check-patterns.ts';

/** What a check asks for that cannot be or means nothing, though each part of it is well formed. */
export interface Contradiction {
  /** Of the key at fault, below the check. */
  path: string[];
  message: string;
}

export function contradictionsIn(check: Check | NestedCheck): Contradiction[] {
  return [...ofKind(check), ...endlessPatterns(check)];
}

function ofKind(check: Check | NestedCheck): Contradiction[] {
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
      return inContainer(check);
    case 'image':
    case 'volume':
    case 'network':
      return inNamed(check);
    case 'compose':
      if (check.present || check.services === undefined) return [];
      return [meaninglessWithout('services')];
    case 'before':
      return check.events.flatMap((event, index) => below(['events', String(index)], inDockerEvent(event)));
    case 'all':
    case 'any':
      return inNested(check.checks);
    case 'count':
      if (check.atLeast <= check.checks.length) return inNested(check.checks);
      return [
        ...inNested(check.checks),
        {
          path: ['atLeast'],
          message: `\`atLeast\` is ${check.atLeast}, and there are only ${check.checks.length} checks`,
        },
      ];
    case 'not':
      return below(['check'], contradictionsIn(check.check));
    case 'http':
    case 'registry':
    case 'cgroup':
    case 'mount':
      return inNamed(check);
    case 'namespace':
      return inNamespace(check);
    case 'directory-tree':
    case 'script':
      return [];
  }
}

function below(path: string[], found: Contradiction[]): Contradiction[] {
  return found.map((each) => ({ ...each, path: [...path, ...each.path] }));
}

function inNested(checks: readonly NestedCheck[]): Contradiction[] {
  return checks.flatMap((check, index) => below(['checks', String(index)], contradictionsIn(check)));
}

function meaninglessWithout(key: string): Contradiction {
  return {
    path: [key],
    message: `\`${key}\` means nothing where \`present\` is \`false\`; leave it out or change \`present\``,
  };
}

function inNamed({ present, expect }: Pick<ImageCheck, 'present'> & { expect: object }): Contradiction[] {
  return present || Object.keys(expect).length === 0 ? [] : [meaninglessWithout('expect')];
}

function inContainer({ expect }: Pick<ContainerCheck, 'expect'>): Contradiction[] {
  const found: Contradiction[] = [];
  for (const [index, { type, source }] of (expect.mounts ?? []).entries()) {
    const path = ['expect', 'mounts', String(index), 'source'];
    if (type === 'tmpfs' && source !== undefined) {
      found.push({ path, message: 'a tmpfs has no `source`; leave it out' });
    }
    if (type === 'bind' && source !== undefined && !source.startsWith('/')) {
      const message = `\`source\` of a bind mount is an absolute path, and \`${source}\` is not; is it a volume?`;
      found.push({ path, message });
    }
    if (type === 'volume' && source?.startsWith('/') === true) {
      const message = `\`source\` of a volume is its name, and \`${source}\` is a path; is it a bind mount?`;
      found.push({ path, message });
    }
  }
  return found;
}

const facets = ['executable', 'mode', 'uid', 'gid', 'content', 'entries', 'linkTo'] as const;
const meaningful: Record<FileCheck['type'], readonly (typeof facets)[number][]> = {
  file: ['executable', 'mode', 'uid', 'gid', 'content'],
  directory: ['executable', 'mode', 'uid', 'gid', 'entries'],
  link: ['linkTo'],
  absent: [],
};

function inFile(check: Omit<FileCheck, 'id' | 'label'>): Contradiction[] {
  const asked = facets.filter((key) => check[key] !== undefined);
  return asked
    .filter((key) => !meaningful[check.type].includes(key))
    .map((key) => ({
      path: [key],
      message: `\`${key}\` means nothing where \`type\` is \`${check.type}\`; leave it out or change \`type\``,
    }));
}

function inDockerEvent(
  check: Pick<DockerEventCheck, 'type' | 'action' | 'exitCode' | 'image'> & { also?: string[] | undefined },
): Contradiction[] {
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

function inProcess({ find, expect, count }: Omit<ProcessCheck, 'id' | 'label'>): Contradiction[] {
  const finds = [
    { path: ['find'], wanted: find },
    { path: ['expect', 'sameNamespacesAs', 'process'], wanted: expect.sameNamespacesAs?.process },
    { path: ['expect', 'differsFrom', 'process'], wanted: expect.differsFrom?.process },
  ];
  const found: Contradiction[] = finds.flatMap(({ path, wanted }) => {
    if (wanted === undefined || Object.keys(wanted).length > 0) return [];
    const message =
      '`find` is empty, so that any process of the machine would do; expected `name`, `program`, `command` or `container`';
    return [{ path, message: message.replace('`find`', `\`${path.at(-1)}\``) }];
  });
  if (count !== undefined && (count.atLeast ?? 0) > (count.atMost ?? Number.POSITIVE_INFINITY)) {
    found.push({ path: ['count'], message: '`atLeast` is more than `atMost`, which no number can be' });
  }
  return found;
}

function inNamespace({
  same = [],
  different = [],
}: Pick<NamespaceCheck, 'same' | 'different'>): Contradiction[] {
  if (same.length + different.length === 0) {
    return [{ path: [], message: 'expected `same` or `different`, without which nothing is compared' }];
  }
  const both = same.filter((kind) => different.includes(kind));
  if (both.length === 0) return [];
  return [{ path: ['different'], message: `\`${both[0]}\` cannot be both the same and different` }];
}

function inAnswer(check: AnswerCheck): Contradiction[] {
  if (check.source.from === 'expression') return inExpression(check.source.value);
  if (check.source.from !== 'file' || check.source.pattern === undefined) return [];
  try {
    const groups = new RegExp(`${check.source.pattern}|`, 'mu').exec('')!.length - 1;
    if (groups > 0) return [];
  } catch (error) {
    const message = `\`pattern\` is no regular expression: ${messageOf(error)}`;
    return [{ path: ['source', 'pattern'], message }];
  }
  const message = '`pattern` has no group; expected the answer between round brackets';
  return [{ path: ['source', 'pattern'], message }];
}

function inExpression(value: string): Contradiction[] {
  const path = ['source', 'value'];
  try {
    if (seenIn(parseExpression(value)).length > 0) return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ path, message: `\`value\` cannot be read at ${error.message}` }];
  }
  return [{ path, message: '`value` looks at nothing of the machine, so its answer is a constant' }];
}
