import { expect, test } from 'vitest';
import { denied } from './denied.ts';
import { namesIn } from './entry.ts';
import { personalities } from './personality.ts';
import { allowed, seccompProfile, type SeccompRule } from './profile.ts';
import {
  deniedNetlink,
  deniedPacketOptions,
  families,
  netlinkProtocols,
  optionLevels,
  packetOptions,
} from './sockets.ts';

const permitted = Object.values(allowed).flat();

/** One line a rule, so that a change to the table can be read in a diff. */
function lineOf({ names, action, errnoRet, args = [] }: SeccompRule): string[] {
  const outcome = action === 'SCMP_ACT_ALLOW' ? 'allow' : `errno ${errnoRet}`;
  const when = args.map(({ index, value, op }) => ` arg${index}${op === 'SCMP_CMP_EQ' ? '=' : '>='}${value}`);
  return names.map((name) => `${name}${when.join('')}: ${outcome}`);
}

test.each(['x64', 'arm64'])('the filter is the golden one (%s)', async (architecture) => {
  const { syscalls, ...rest } = seccompProfile(architecture);
  const lines = [JSON.stringify(rest), ...syscalls.flatMap(lineOf), ''];
  await expect(lines.join('\n')).toMatchFileSnapshot(`profile.${architecture}.golden.txt`);
});

test('no call stands in the table twice, and every line has a reason', () => {
  const names = [...permitted, ...denied].flatMap(namesIn);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const entries = [
    ...permitted,
    ...denied,
    ...families,
    ...netlinkProtocols,
    ...deniedNetlink,
    ...optionLevels,
    ...packetOptions,
    ...deniedPacketOptions,
    ...personalities,
  ];
  for (const { why } of entries) expect(why.length).toBeGreaterThan(3);
});

test('what is told by its arguments is in no list of names', () => {
  const names = [...permitted, ...denied].flatMap(namesIn);
  for (const call of ['socket', 'socketpair', 'setsockopt', 'personality', 'socketcall'])
    expect(names).not.toContain(call);
});

/** What the filter does with a call: libseccomp lets a rule with arguments decide only where all of them hold. */
function outcomeOf(call: string, args: bigint[]): string {
  const { syscalls, defaultErrnoRet } = seccompProfile('x64');
  const holds = ({ args: conditions = [] }: SeccompRule) =>
    conditions.every(({ index, value, op }) =>
      op === 'SCMP_CMP_EQ' ? args[index] === BigInt(value) : (args[index] ?? 0n) >= BigInt(value),
    );
  const found = syscalls.filter((rule) => rule.names.includes(call) && holds(rule));
  expect(found.length).toBeLessThanOrEqual(1);
  if (found[0]?.action === 'SCMP_ACT_ALLOW') return 'allow';
  return `errno ${found[0]?.errnoRet ?? defaultErrnoRet}`;
}

const highBit = 1n << 32n;
test.each([
  ['socket', [1n, 1n, 0n], 'allow'],
  ['socket', [38n, 5n, 0n], 'errno 97'],
  ['socket', [38n + highBit, 5n, 0n], 'errno 97'],
  ['socket', [2n + highBit, 1n, 0n], 'errno 97'],
  ['socket', [999n, 1n, 0n], 'errno 97'],
  ['socket', [16n, 3n, 0n], 'allow'],
  ['socket', [16n, 3n, 12n], 'errno 1'],
  ['socket', [16n, 3n, 12n + highBit], 'errno 93'],
  ['socket', [16n, 3n, 9n], 'errno 93'],
  ['socketpair', [1n, 1n, 0n], 'allow'],
  ['socketpair', [2n, 1n, 0n], 'errno 97'],
  ['socketpair', [38n + highBit, 1n, 0n], 'errno 97'],
  ['setsockopt', [3n, 1n, 8n], 'allow'],
  ['setsockopt', [3n, 0n, 64n], 'allow'],
  ['setsockopt', [3n, 263n, 1n], 'allow'],
  ['setsockopt', [3n, 263n, 5n], 'errno 1'],
  ['setsockopt', [3n, 263n, 13n], 'errno 1'],
  ['setsockopt', [3n, 263n, 5n + highBit], 'errno 38'],
  ['setsockopt', [3n, 263n, 18n], 'errno 38'],
  ['setsockopt', [3n, 263n + highBit, 5n], 'errno 38'],
  ['setsockopt', [3n, 279n, 1n], 'errno 38'],
  ['personality', [0xffffffffn], 'allow'],
  ['personality', [0x100000n], 'errno 38'],
  ['io_uring_setup', [], 'errno 38'],
  ['bpf', [], 'errno 1'],
  ['a_call_of_tomorrow', [], 'errno 38'],
] as const)('%s(%s): %s', (call, args, outcome) => {
  expect(outcomeOf(call, [...args])).toBe(outcome);
});
