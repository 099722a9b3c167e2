/** What an expression sees, looked at in the machine: each thing once, as for every check. */
import type { Blindness } from '../finding.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import type { Value } from './functions.ts';
import type { Seen } from './tree.ts';

/** `see` gives null for what is not there. */
export async function lookFor(
  all: readonly Seen[],
  round: Round,
): Promise<{ ok: true; see: (seen: Seen) => Value } | Blindness> {
  const looks = await Promise.all(
    all.map(async (seen) => [JSON.stringify(seen), await look(seen, round)] as const),
  );
  const values = new Map<string, Value>();
  for (const [key, answer] of looks) {
    if (!answer.ok) return answer;
    values.set(key, answer.value);
  }
  return { ok: true, see: (seen) => values.get(JSON.stringify(seen)) ?? null };
}

function look(seen: Seen, round: Round): Promise<Observation<Value>> {
  switch (seen.what) {
    case 'kernel':
      return round.kernel();
    case 'info':
      return round.rawDocker('/info');
    case 'containers':
      return round.rawDocker('/containers/json?all=1');
    case 'images':
      return round.rawDocker('/images/json');
    case 'networks':
      return round.rawDocker('/networks');
    case 'volumes':
      return volumes(round);
    case 'processes':
      return round.processes();
    case 'container':
      return container(seen.name, round);
    case 'image':
      return image(seen.name, round);
    case 'file':
      return file(seen.path, round);
  }
}

async function volumes(round: Round): Promise<Observation<Value>> {
  const answer = await round.rawDocker('/volumes');
  if (!answer.ok) return answer;
  const list = typeof answer.value === 'object' && answer.value !== null ? answer.value : {};
  // Docker says null where there are none.
  return {
    ok: true,
    value: Object.hasOwn(list, 'Volumes') ? ((list as { Volumes: unknown }).Volumes ?? []) : null,
  };
}

async function container(name: string, round: Round): Promise<Observation<Value>> {
  const containers = await round.containers();
  if (!containers.ok) return containers;
  const found = containers.value.find((one) => one.name === name);
  return found === undefined ? { ok: true, value: null } : round.rawDocker(`/containers/${found.id}/json`);
}

async function image(reference: string, round: Round): Promise<Observation<Value>> {
  const images = await round.images();
  if (!images.ok) return images;
  const [id] = images.value.idsOf(reference);
  return id === undefined ? { ok: true, value: null } : round.rawDocker(`/images/${id}/json`);
}

async function file(path: string, round: Round): Promise<Observation<Value>> {
  const seen = await round.file(path);
  return seen.ok ? { ok: true, value: seen.value.text ?? null } : seen;
}
