import type { ProcessCheck } from '../../protocol/checks/process.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question, type Seen } from '../finding.ts';
import type { ProcessSeen } from '../machine/process.ts';
import { judge } from '../nearest.ts';
import { span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';
import { processFacets, samePath } from './process-facets.ts';

/** PID 1 is what the namespaces are compared with, and never what a learner started. */
export async function evaluateProcess(check: ProcessCheck, { round }: Evaluation): Promise<Finding> {
  const question: Question = {
    expected: `a process ${described(check)}`,
    where: 'the processes of your machine',
  };
  const seen = await round.processes();
  if (!seen.ok) return couldNotLook(question, seen);
  const init = seen.value.find((process) => process.pid === 1);
  if (init === undefined) return couldNotLook(question, unreadable('its first process was not found'));
  const facets = processFacets(check.expect, init);
  const asked = facets.map((facet) => facet.asked).join(', ');
  const whole = { ...question, expected: [question.expected, asked].filter(Boolean).join(', ') };
  const found = seen.value
    .filter((process) => process !== init && isFound(check, process))
    .toSorted((left, right) => right.pid - left.pid);
  const [nearest] = judge(found, facets);
  if (nearest === undefined) {
    const others = seen.value.filter((process) => process !== init);
    return fail(whole, notFound(check, others));
  }
  const miss = nearest.unmet[0];
  if (miss !== undefined) return fail(whole, miss.miss(nearest.candidate));
  const { name, pid } = nearest.candidate;
  const how = asked === '' ? '' : `, ${asked}`;
  const sentence = `A process called ${span(name)} is running${how}.`;
  return pass(whole, { sentence, observed: `process ${pid}, ${span(name)}` });
}

function commandOf(process: ProcessSeen): string {
  return process.argv.join(' ');
}

function isFound({ find }: ProcessCheck, process: ProcessSeen): boolean {
  if (find.name !== undefined && !textMeets(find.name, process.name)) return false;
  return find.command === undefined || textMeets(find.command, commandOf(process));
}

function described({ find }: ProcessCheck): string {
  const parts: string[] = [];
  if (find.name !== undefined) parts.push(`called ${textAsked(find.name)}`);
  if (find.command !== undefined) parts.push(`with the command line ${textAsked(find.command)}`);
  return parts.join(' and ');
}

/** The nearest miss: the right name with another command line, then the right root with another name. */
function notFound(check: ProcessCheck, processes: readonly ProcessSeen[]): Seen {
  const { find, expect } = check;
  const { name, command } = find;
  if (name !== undefined && command !== undefined) {
    const named = processes.find((process) => textMeets(name, process.name));
    if (named !== undefined) {
      const line = span(commandOf(named));
      const sentence = `A process called ${span(named.name)} is running, but its command line is ${line}; the task asks for ${textAsked(command)}.`;
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
    const sentence = `The process ${seen} is running with ${span(root)} as its root directory, but the task asks for one ${described(check)}.`;
    return { sentence, observed: `process ${seen}` };
  }
  return { sentence: `No process ${described(check)} is running.`, observed: 'no such process' };
}
