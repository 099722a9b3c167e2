import type { ProcessCheck } from '../../protocol/checks/process.ts';
import { capabilitiesIn } from '../machine/capability.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Facet } from '../nearest.ts';
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
  return `the ${names.length === 1 ? 'capability' : 'capabilities'} ${spans(names)}`;
}

function effective({ capabilities }: ProcessSeen): string[] | null {
  return capabilities === null ? null : capabilitiesIn(capabilities);
}

function unknown(process: ProcessSeen, what: string): { sentence: string; observed: string } {
  return {
    sentence: `${processRunning(process)}, but ${what} could not be read.`,
    observed: `${what} unknown`,
  };
}

function hasFacet(wanted: readonly string[]): Facet<ProcessSeen> {
  const lacking = (seen: readonly string[]): string[] => wanted.filter((name) => !seen.includes(name));
  return {
    asked: `with ${capability(wanted)}`,
    met: (process) => {
      const seen = effective(process);
      return seen !== null && lacking(seen).length === 0;
    },
    miss: (process) => {
      const seen = effective(process);
      if (seen === null) return unknown(process, 'its capabilities');
      const observed = seen.length === 0 ? 'no capability' : spans(seen);
      return {
        sentence: `${processRunning(process)}, but without ${capability(lacking(seen))}, which the task asks for.`,
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
    asked: all ? 'without any capability' : `without ${capability(wanted)}`,
    met: (process) => {
      const seen = effective(process);
      return seen !== null && surplus(seen).length === 0;
    },
    miss: (process) => {
      const seen = effective(process);
      if (seen === null) return unknown(process, 'its capabilities');
      return {
        sentence: `${processRunning(process)}, but with ${capability(surplus(seen))}; the task asks for one without ${all ? 'any' : 'that'}.`,
        observed: spans(seen),
      };
    },
  };
}

function noNewPrivsFacet(wanted: boolean): Facet<ProcessSeen> {
  const words = (set: boolean): string =>
    set ? 'it can gain no new rights (no_new_privs)' : 'it can gain new rights (no_new_privs is not set)';
  return {
    asked: wanted ? 'that can gain no new rights (no_new_privs)' : 'that can gain new rights',
    met: (process) => process.noNewPrivs === wanted,
    miss: (process) => {
      if (process.noNewPrivs === null) return unknown(process, 'whether it can gain new rights');
      const asked = wanted ? 'that it cannot' : 'that it can';
      return {
        sentence: `${processRunning(process)}, but ${words(!wanted)}; the task asks ${asked}.`,
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
    is ? 'its system calls are filtered (seccomp)' : 'no seccomp filter holds for its system calls';
  return {
    asked: wanted === 'filtered' ? 'whose system calls are filtered (seccomp)' : 'without a seccomp filter',
    met: (process) => filtered(process) === (wanted === 'filtered'),
    miss: (process) => {
      const seen = filtered(process);
      if (seen === null) return unknown(process, 'what filters its system calls');
      return {
        sentence: `${processRunning(process)}, but ${words(seen)}; the task asks that ${seen ? 'they not be' : 'one does'}.`,
        observed: words(seen),
      };
    },
  };
}
