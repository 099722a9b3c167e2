/**
 * Ways out, and to harm, that any sandbox of this kind should be tried with, by the numbers under which we listed them
 * before it was built. Most are cases of the suite under the same number; these are proved elsewhere, or by a case of
 * another number.
 */

export interface Proof {
  /** What is tried. */
  what: string;
  /** `FILE: WORDS`, words of a test's title; or the number of a case. */
  by: readonly string[];
  /** What is not prevented. */
  open?: string;
}

/** The cases listed, in ranges: E38 and E39 were never given. */
const ranges: readonly (readonly [string, number, number])[] = [
  ['E', 1, 37],
  ['E', 40, 56],
  ['D', 1, 9],
  ['N', 1, 6],
  ['T', 1, 4],
  ['G', 1, 10],
  ['X', 1, 4],
];
export const listed: readonly string[] = ranges.flatMap(([letter, first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => {
    const number = `${first + index}`;
    return `${letter}${letter === 'E' ? number.padStart(2, '0') : number}`;
  }),
);

const grading = 'tests/grading/hostile.real.test.ts';
const runtime = 'tests/escape/runtime.real.test.ts';
const limits = 'tests/sandbox/limits.real.test.ts';

export const elsewhere: Readonly<Record<string, Proof>> = {
  E23: {
    what: 'raising the limits seen at the root of one’s cgroups',
    by: [
      `${limits}: the limits are on a level the learner neither sees nor owns`,
      'tests/cgroup2/inside/delegation.ts: no limit at the root of the sandbox can be written',
    ],
  },
  E25: { what: 'a container beyond its own memory', by: [`${limits}: docker's own limits work inside`] },
  E27: { what: 'the magic key of the kernel', by: ['E73'] },
  E28: { what: 'a program of one’s own for cores', by: ['E73'] },
  E29: { what: 'helpers and power of the host in /sys', by: ['E73'] },
  E51: { what: 'links swapped under a command that starts', by: [`${runtime}: E51`] },
  E52: {
    what: 'a user that the runtime misreads as root',
    by: ['sandbox-server/engines/runc/bundle.test.ts: root inside is nobody outside', 'E01'],
  },
  E54: { what: 'a tree whose /dev, /proc or /sys are links', by: [`${runtime}: E54`] },
  E56: {
    what: 'all of it again with the filter off inside',
    by: ['tests/escape/escape.real.test.ts: in the %s'],
  },
  D8: {
    what: 'output without end',
    by: ['tests/sandbox/terminals.real.test.ts: a reader that does not acknowledge holds the flood'],
  },
  D6: {
    what: 'mounts and namespaces without end',
    by: ['D6', 'D6b', 'D6c', 'tests/escape/shared-counts.real.test.ts: D6'],
  },
  D7: {
    what: 'inotify, keys, pipes, asynchronous I/O',
    by: ['D7', 'D7b', 'E46b', 'D10', 'tests/escape/shared-counts.real.test.ts: D7'],
  },
  D9: {
    what: 'every core, and not ending when told to',
    by: [`${limits}: cpu: what spins on every core`, 'tests/sandbox/stuck.real.test.ts: who ignores SIGTERM'],
  },
  N6: {
    what: 'telling the outside something by names that are asked',
    by: ['N6', 'sandbox-server/gateway/relay/names.test.ts: any other name does not exist'],
  },
  T1: { what: 'typing into a terminal of others', by: ['tests/escape/terminals.real.test.ts: T1'] },
  T2: {
    what: 'escape sequences, whole and broken',
    by: [
      'portal/terminals/bad-input.test.ts: no escape sequence ends a mirror',
      'tests/browser/terminal-commands.real.test.ts: what a program wants of the page is asked for',
      'site/src/browser/terminal/copy-request.test.ts: a question for the clipboard',
    ],
  },
  T3: { what: 'a storm of sizes', by: ['tests/escape/terminals.real.test.ts: T3'] },
  T4: {
    what: 'a page of the learner’s own that reads the portal’s cookie',
    by: [
      'portal/http/files.test.ts: byte for byte, and comes back so',
      "portal/http/api.test.ts: another origin's page cannot even read",
    ],
  },
  G1: { what: 'a link out', by: [`${grading}: G1`] },
  G2: { what: 'a magic link', by: [`${grading}: G2`] },
  G3: { what: 'a link that is swapped meanwhile', by: [`${grading}: G3`, `${runtime}: G3`] },
  G4: { what: 'a FIFO', by: [`${grading}: G4`] },
  G5: { what: 'an endless file', by: [`${grading}: G5`] },
  G6: { what: 'a file system that never answers', by: [`${grading}: G6`, 'E64'] },
  G7: { what: 'a socket of the host in the place of Docker’s', by: [`${grading}: G7`] },
  G8: { what: 'programs and libraries of the machine that lie', by: [`${grading}: G8`] },
  G9: { what: 'a Docker that lies', by: [`${grading}: G9`] },
  G10: { what: 'process ids that are used again', by: [`${grading}: G10`] },
  X1: { what: 'leaking by many lives', by: ['tests/sandbox/cycles.real.test.ts: create, use, destroy'] },
  X2: {
    what: 'changing the tree that all share',
    by: ['tests/escape/escape.real.test.ts: X2', 'E53'],
  },
  X3: { what: 'devices and set-user-id on the host’s side of the disk', by: [`${runtime}: X3`] },
  X4: {
    what: 'the portal killed meanwhile',
    by: ['tests/sandbox/all-killed.real.test.ts: portal and sandbox-server killed at once'],
  },
};
