/** A draft of checks and solution from what changed in a machine while its author did the exercise by hand. */
import { stringify } from 'yaml';
import { restartPolicies } from '../../protocol/checks/container-settings.ts';
import type { RecordedDraft } from '../../protocol/dev-api.ts';
import type { MachineSnapshot, RecordedContainer, RecordedFile } from './snapshot.ts';

type DraftCheck = Record<string, unknown> & { kind: string; label: string };

const maxChecks = 12;
const defaultNetworks = new Set(['bridge', 'host', 'none']);

export function draftOf(before: MachineSnapshot, after: MachineSnapshot): RecordedDraft {
  const typed = after.history.slice(before.history.length);
  const notes: string[] = [];
  const checks = [
    ...imageChecks(before, after),
    ...namedChecks('volume', before.volumes, after.volumes),
    ...namedChecks(
      'network',
      before.networks,
      after.networks.filter((name) => !defaultNetworks.has(name)),
    ),
    ...containerChecks(before, after, typed.join('\n'), notes),
    ...fileChecks(before.files, after.files, notes),
  ];
  if (checks.length > maxChecks) {
    const left = checks.splice(maxChecks).map(({ label }) => label);
    notes.push(`an exercise has at most ${maxChecks} checks; left out: ${left.join('; ')}`);
  }
  if (checks.length === 0)
    notes.push(
      'nothing that is recorded has changed: containers, images, volumes, networks, and files in /root',
    );
  if (typed.length === 0)
    notes.push('no command was typed at the prompt of a terminal; solve.sh is yours to write');
  const numbered = checks.map((check, index) => ({ id: `${check.kind}-${index + 1}`, ...check }));
  return {
    checks: numbered.length === 0 ? '' : stringify({ checks: numbered }, { lineWidth: 110 }),
    solve: `${typed.filter((line) => !onlyLooks(line)).join('\n')}\n`,
    notes,
  };
}

/** What is typed to see, and changes nothing. */
function onlyLooks(line: string): boolean {
  return /^\s*(?:ls|ll|cat|pwd|clear|history|less|man|exit|docker (?:ps|images|logs|inspect|version|info|container ls|image ls|volume ls|network ls)|docker compose (?:ps|logs))\b[^|>;&]*$/.test(
    line,
  );
}

/** An image that came with a container is told of by the container's check. */
function imageChecks(before: MachineSnapshot, after: MachineSnapshot): DraftCheck[] {
  const used = after.containers.flatMap(({ image }) => [image, `${image}:latest`]);
  const come = after.images.filter((tag) => !before.images.includes(tag) && !used.includes(tag));
  const gone = before.images.filter((tag) => !after.images.includes(tag));
  return [
    ...come.map((tag) => ({
      kind: 'image',
      label: `The image \`${short(tag)}\` is here`,
      reference: short(tag),
    })),
    ...gone.map((tag) => ({
      kind: 'image',
      label: `The image \`${short(tag)}\` is gone`,
      reference: short(tag),
      present: false,
    })),
  ];
}

function short(tag: string): string {
  return tag.replace(/:latest$/, '');
}

function namedChecks(
  kind: 'volume' | 'network',
  before: readonly string[],
  after: readonly string[],
): DraftCheck[] {
  const isInvented = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);
  const come = after.filter((name) => !before.includes(name) && !isInvented(name));
  const gone = before.filter(
    (name) => !after.includes(name) && !isInvented(name) && !defaultNetworks.has(name),
  );
  return [
    ...come.map((name) => ({ kind, label: `There is a ${kind} \`${name}\``, name })),
    ...gone.map((name) => ({ kind, label: `The ${kind} \`${name}\` is gone`, name, present: false })),
  ];
}

function containerChecks(
  before: MachineSnapshot,
  after: MachineSnapshot,
  typed: string,
  notes: string[],
): DraftCheck[] {
  const checks = after.containers
    .filter((container) => {
      const same = before.containers.find(({ id }) => id === container.id);
      return same === undefined || same.state !== container.state || same.name !== container.name;
    })
    .map((container) => containerCheck(container, typed));
  for (const { name, id } of before.containers) {
    if (after.containers.some((container) => container.id === id)) continue;
    checks.push({
      kind: 'not',
      label: `The container \`${name}\` is gone`,
      check: { kind: 'container', find: { name } },
    });
  }
  const alike = new Set<string>();
  return checks.filter((check) => {
    const text = JSON.stringify(check);
    if (alike.has(text))
      notes.push('several containers look alike: a `count` in their check asks for that many');
    const isNew = !alike.has(text);
    alike.add(text);
    return isNew;
  });
}

/** Asked for by name only where its author chose the name; and for what was typed, not for what the image brings. */
function containerCheck(container: RecordedContainer, typed: string): DraftCheck {
  const { name, image, state, exitCode, command, ports, volumes, labels, env, networks } = container;
  const { memoryBytes, restartPolicy } = container;
  const isNamed = typed.includes(name);
  const last = command.at(-1) ?? '';
  const chosen = Object.entries(labels).filter(([key]) => typed.includes(key));
  const variables = Object.entries(env).filter(([key]) => typed.includes(`${key}=`));
  const joined = networks.filter((network) => !defaultNetworks.has(network) && typed.includes(network));
  const expect = {
    ...(isNamed && { image: short(image) }),
    state,
    ...(state === 'exited' && { exitCode }),
    ...(last !== '' &&
      typed.includes(last) &&
      (command.length === 1 ? { program: last.split('/').at(-1) } : { command: { contains: last } })),
    ...(ports.length > 0 && {
      ports: ports.map(({ containerPort, hostPort }) => ({
        containerPort,
        ...(hostPort > 0 && { hostPort }),
      })),
    }),
    ...(volumes.some(isMount) && { mounts: volumes.filter(isMount) }),
    ...(variables.length > 0 && {
      env: Object.fromEntries(variables.map(([key, value]) => [key, { equals: value }])),
    }),
    ...(joined.length > 0 && { networks: joined }),
    ...(memoryBytes > 0 && { limits: { memoryBytes } }),
    ...(restartPolicies.some((policy) => policy !== 'no' && policy === restartPolicy) && { restartPolicy }),
    ...(chosen.length > 0 && {
      labels: Object.fromEntries(chosen.map(([key, value]) => [key, { equals: value }])),
    }),
  };
  const what = isNamed ? `The container \`${name}\`` : `A container from \`${short(image)}\``;
  const how = state === 'exited' ? `has ended with exit code ${exitCode}` : `is ${state}`;
  return {
    kind: 'container',
    label: `${what} ${how}`,
    find: isNamed ? { name } : { image: short(image) },
    expect,
  };
}

function isMount({ type, source }: RecordedContainer['volumes'][number]): boolean {
  return type === 'bind' || (type === 'volume' && !/^[0-9a-f]{64}$/.test(source));
}

function fileChecks(
  before: ReadonlyMap<string, RecordedFile>,
  after: ReadonlyMap<string, RecordedFile>,
  notes: string[],
): DraftCheck[] {
  const checks: DraftCheck[] = [];
  for (const [path, file] of after) {
    const same = before.get(path);
    if (same?.type === file.type && same.text === file.text && same.mode === file.mode) continue;
    if (file.type === 'directory') {
      const holdsMore = [...after.keys()].some((other) => other.startsWith(`${path}/`));
      if (!holdsMore)
        checks.push({ kind: 'file', label: `There is a directory \`${path}\``, path, type: 'directory' });
      continue;
    }
    checks.push(fileCheck(path, file, notes));
  }
  for (const path of before.keys()) {
    if (!after.has(path)) checks.push({ kind: 'file', label: `\`${path}\` is gone`, path, type: 'absent' });
  }
  return checks;
}

function fileCheck(path: string, { text, mode }: RecordedFile, notes: string[]): DraftCheck {
  const words = text.trimEnd();
  const isShort = words !== '' && words.length <= 120 && !words.includes('\n');
  if (!isShort && words !== '')
    notes.push(`${path} has ${words.split('\n').length} lines: say in \`content\` what must stand in it`);
  return {
    kind: 'file',
    label: isShort ? `\`${path}\` holds the right words` : `There is a file \`${path}\``,
    path,
    ...((mode & 0o111) !== 0 && { executable: true }),
    ...(isShort && { content: { equals: words } }),
  };
}
