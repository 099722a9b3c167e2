import type { ProcessCheck } from '../../protocol/checks/process.ts';
import { capabilitiesIn } from '../machine/capability.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { spans } from '../span.ts';
import { processRunning } from './process-running.ts';

type Expect = ProcessCheck['expect'];

/** What it may do beyond an ordinary process. `init` tells the filters that hold for the whole machine. */
export function rightsFacets(expect: Expect, init: ProcessSeen): Facet<ProcessSeen>[] {
  const { capabilities, noNewPrivs, seccomp } = expect;
  return [
    ...(capabilities?.has === undefined ? [] : [hasFacet(capabilities.has)]),
    ...(capabilities?.lacks === undefined ? [] : [lacksFacet(capabilities.lacks)]),
    ...(noNewPrivs === undefined ? [] : [noNewPrivsFacet(noNewPrivs)]),
    ...(seccomp === undefined ? [] : [seccompFacet(seccomp, init)]),
  ];
}

function capability(names: readonly string[]): string {
  return names.length === 1 ? say`the capability ${spans(names)}` : say`the capabilities ${spans(names)}`;
}

function effective({ capabilities }: ProcessSeen): string[] | null {
  return capabilities === null ? null : capabilitiesIn(capabilities);
}

function unknown(process: ProcessSeen, what: string): { sentence: string; observed: string } {
  return {
    sentence: say`${processRunning(process)}, but ${what} could not be read.`,
    observed: say`${what} unknown`,
  };
}

function hasFacet(wanted: readonly string[]): Facet<ProcessSeen> {
  const lacking = (seen: readonly string[]): string[] => wanted.filter((name) => !seen.includes(name));
  return {
    asked: say`with ${capability(wanted)}`,
    met: (process) => {
      const seen = effective(process);
      return seen !== null && lacking(seen).length === 0;
    },
    miss: (process) => {
      const seen = effective(process);
      if (seen === null) return unknown(process, say`its capabilities`);
      const observed = seen.length === 0 ? say`no capability` : spans(seen);
      return {
        sentence: say`${processRunning(process)}, but without ${capability(lacking(seen))}, which the task asks for.`,
        observed,
      };
    },
  };
}

function lacksFacet(wanted: readonly string[]): Facet<ProcessSeen> {
  const all = wanted.includes('ALL');
  const surplus = (seen: readonly string[]): readonly string[] =>
    all ? seen : seen.filter((name) => wanted.includes(name));
  return {
    asked: all ? say`without any capability` : say`without ${capability(wanted)}`,
    met: (process) => {
      const seen = effective(process);
      return seen !== null && surplus(seen).length === 0;
    },
    miss: (process) => {
      const seen = effective(process);
      if (seen === null) return unknown(process, say`its capabilities`);
      return {
        sentence: say`${processRunning(process)}, but with ${capability(surplus(seen))}; the task asks for one without ${all ? 'any' : 'that'}.`,
        observed: spans(seen),
      };
    },
  };
}

function noNewPrivsFacet(wanted: boolean): Facet<ProcessSeen> {
  const words = (set: boolean): string =>
    set
      ? say`it can gain no new rights (no_new_privs)`
      : say`it can gain new rights (no_new_privs is not set)`;
  return {
    asked: wanted ? say`that can gain no new rights (no_new_privs)` : say`that can gain new rights`,
    met: (process) => process.noNewPrivs === wanted,
    miss: (process) => {
      if (process.noNewPrivs === null) return unknown(process, say`whether it can gain new rights`);
      const asked = wanted ? say`that it cannot` : say`that it can`;
      return {
        sentence: say`${processRunning(process)}, but ${words(!wanted)}; the task asks ${asked}.`,
        observed: words(!wanted),
      };
    },
  };
}

/** The machine itself runs under filters: a process is filtered where more than those hold for it. */
function seccompFacet(wanted: NonNullable<Expect['seccomp']>, init: ProcessSeen): Facet<ProcessSeen> {
  const filtered = (process: ProcessSeen): boolean | null =>
    process.seccompFilters === null || init.seccompFilters === null
      ? null
      : process.seccompFilters > init.seccompFilters;
  const words = (is: boolean): string =>
    is ? say`its system calls are filtered (seccomp)` : say`no seccomp filter holds for its system calls`;
  return {
    asked:
      wanted === 'filtered' ? say`whose system calls are filtered (seccomp)` : say`without a seccomp filter`,
    met: (process) => filtered(process) === (wanted === 'filtered'),
    miss: (process) => {
      const seen = filtered(process);
      if (seen === null) return unknown(process, say`what filters its system calls`);
      return {
        sentence: say`${processRunning(process)}, but ${words(seen)}; the task asks that ${seen ? say`they not be` : say`one does`}.`,
        observed: words(seen),
      };
    },
  };
}
