import type { ProcessCheck } from '../../protocol/checks/process.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Seen } from '../finding.ts';
import type { ProcessSeen } from '../machine/process.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';
import { commandOf, containerNameOf, describeProcess, isFoundProcess } from './process-find.ts';
import { processRunning } from './process-running.ts';
import { samePath } from './same-path.ts';

/**
 * The nearest miss: the right one in another container or in none, the right name with another command line, then the
 * right root with another name.
 */
export function explainNoProcess(
  check: ProcessCheck,
  processes: readonly ProcessSeen[],
  containers: readonly ContainerSummary[],
): Seen {
  const { find, expect } = check;
  const { container, ...rest } = find;
  const { name, command } = rest;
  if (container !== undefined && Object.keys(rest).length > 0) {
    const outside = processes.find((process) => isFoundProcess(rest, process, containers));
    if (outside !== undefined) {
      const other = containerNameOf(outside, containers);
      const where = other === null ? say`in no container` : say`in container ${span(other)}`;
      const sentence = say`${processRunning(outside)}, but ${where}; the task asks for container ${span(container)}.`;
      return { sentence, observed: where };
    }
  }
  if (name !== undefined && command !== undefined) {
    const named = processes.find((process) => textMeets(name, process.name));
    if (named !== undefined) {
      const line = span(commandOf(named));
      const sentence = say`${processRunning(named)}, but its command line is ${line}; the task asks for ${textAsked(command)}.`;
      return { sentence, observed: line };
    }
  }
  const root = expect.root;
  const inRoot =
    root === undefined || samePath(root, '/')
      ? undefined
      : processes.find((process) => process.root !== null && samePath(process.root, root));
  if (root !== undefined && inRoot !== undefined) {
    const seen = span(name === undefined ? commandOf(inRoot) : inRoot.name);
    const asked = describeProcess(find).replace(/^process/, 'one');
    const sentence = say`The process ${seen} is running with ${span(root)} as its root directory, but the task asks for ${asked}.`;
    return { sentence, observed: say`process ${seen}` };
  }
  return { sentence: say`No ${describeProcess(find)} is running.`, observed: say`no such process` };
}
