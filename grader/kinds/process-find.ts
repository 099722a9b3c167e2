import type { ProcessCheck } from '../../protocol/checks/process.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { ProcessSeen } from '../machine/process.ts';
import { say } from '../say.ts';
import { listed, span } from '../span.ts';
import { textAsked, textMeets, textTold } from '../text-expectation.ts';
import { programOf } from './process-program.ts';

export type ProcessFind = ProcessCheck['find'];

export function commandOf(process: ProcessSeen): string {
  return process.argv.join(' ');
}

/** `containers`: to tell those that are asked for by name. */
export function isFoundProcess(
  find: ProcessFind,
  process: ProcessSeen,
  containers: readonly ContainerSummary[],
): boolean {
  if (find.name !== undefined && !textMeets(find.name, process.name)) return false;
  if (find.program !== undefined && find.program !== programOf(process)) return false;
  if (find.command !== undefined && !textMeets(find.command, commandOf(process))) return false;
  return find.container === undefined || containerNameOf(process, containers) === find.container;
}

/** Null where it runs in none of Docker's containers. */
export function containerNameOf(
  { containerId }: ProcessSeen,
  containers: readonly ContainerSummary[],
): string | null {
  if (containerId === null) return null;
  return containers.find((container) => container.id === containerId)?.name ?? containerId.slice(0, 12);
}

/** "process called `sh` in container `web`". */
export function describeProcess(
  { name, program, command, container }: ProcessFind,
  { isPlural = false }: { isPlural?: boolean } = {},
): string {
  const parts: string[] = [];
  if (name !== undefined) parts.push(say`called ${textAsked(name)}`);
  if (program !== undefined) parts.push(say`of the program ${span(program)}`);
  if (command !== undefined) parts.push(textTold(say`command line`, command));
  const noun = isPlural ? say`processes` : say`process`;
  const told = parts.length === 0 ? noun : `${noun} ${listed(parts)}`;
  return container === undefined ? told : say`${told} in container ${span(container)}`;
}
