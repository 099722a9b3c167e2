import { describe, expect, test } from 'vitest';
import { evaluate, TooMuchWork } from './evaluate.ts';
import { parseExpression, seenInText } from './parse.ts';
import type { Seen } from './tree.ts';

const machine: Record<string, unknown> = {
  kernel: { release: '6.1.0-18-amd64', machine: 'x86_64' },
  info: { NCPU: 2, Driver: 'overlay2' },
  containers: [
    { Names: ['/web'], State: 'running', Image: 'nginx', SizeRw: 10, Labels: { tier: 'front' } },
    { Names: ['/db'], State: 'exited', Image: 'redis', SizeRw: 32, Labels: {} },
    { Names: ['/job'], State: 'exited', Image: 'nginx', SizeRw: 0.5, Labels: {} },
  ],
  'file /etc/passwd': 'root:x:0\ndaemon:x:1\n',
  'container web': { State: { Pid: 42 }, Mounts: [{ Name: 'data' }], 'odd key': true },
};

function look(seen: Seen): unknown {
  const key = 'path' in seen ? `file ${seen.path}` : 'name' in seen ? `${seen.what} ${seen.name}` : seen.what;
  return machine[key] ?? null;
}

const result = (source: string) => evaluate(parseExpression(source), look);

test.each([
  ['kernel.release', '6.1.0-18-amd64'],
  ['count(containers)', 3],
  ['count(containers, it.State == "running")', 1],
  ["count(containers, it.State == 'exited' and it.Image == 'nginx')", 1],
  ['count(containers, not (it.State == "running") or it.SizeRw > 5)', 3],
  ['sum(containers, it.SizeRw) - 0.5', 42],
  ['max(containers, it.SizeRw) % 10 * 2 + 1', 5],
  ['min(map(containers, it.SizeRw))', 0.5],
  ['2 + 3 * 4 - -1', 15],
  ['(2 + 3) * 4 / 8', 2.5],
  ['round(7 / 2) + floor(7 / 2)', 7],
  ['length(different(containers, it.Image))', 2],
  ['length("grün")', 4],
  ['first(containers, it.Image == "redis").Names[0]', '/db'],
  ['last(containers).Names[-1]', '/job'],
  ['join(map(only(containers, it.State == "exited"), it.Image), ", ")', 'redis, nginx'],
  ['first(containers).Labels["tier"]', 'front'],
  ['container("web").State.Pid + 1', 43],
  ['container("web")["odd key"]', true],
  ['length(lines(file("/etc/passwd")))', 2],
  ['split(first(lines(file("/etc/passwd"))), ":")[0]', 'root'],
  ['upper(trim("  a b ")) + "!"', 'A B!'],
  ['words(" a  b ")[1]', 'b'],
  ['startsWith(kernel.release, "6.") and endsWith(kernel.release, "amd64")', true],
  ['contains(kernel.release, "18") == contains(words("a b"), "b")', true],
  ['number("12") + number(" 3 ")', 15],
  ['text(12) + lower("CPU")', '12cpu'],
  ['"a" < "b" and 2 <= 2 and 3 != 4', true],
  ['"a \\"quoted\\" line\\n"', 'a "quoted" line\n'],
  ['count(keys(first(containers)))', 5],
])('%s', (source, value) => {
  expect(result(source)).toBe(value);
});

describe('what is not there, or of another kind, comes to nothing', () => {
  test.each([
    'container("none").State.Pid',
    'kernel.nothing',
    'kernel.release.length',
    'kernel["constructor"]',
    'containers.length',
    'containers["0"]',
    'containers[9]',
    'file("/none")',
    'containers',
    'container("web")',
    'count(kernel)',
    'sum(containers, it.Image)',
    'max(only(containers, false))',
    '1 / 0',
    '1 + "1"',
    '-"1"',
    'not 1',
    '"a" - "b"',
    'true and 1',
    'number("0x10")',
    'split("a", "")',
    'keys("a")',
    '"a" < 1',
  ])('%s', (source) => {
    expect(result(source)).toBeNull();
  });
});

test.each([
  ['', 'column 1: found the end; expected a value'],
  ['count(containers', 'column 17: found the end; expected `,` or `)`'],
  ['1 +', 'column 4: found the end; expected a value'],
  ['1 2', 'column 3: found `2`; expected an operator or the end'],
  ['kernel.', 'column 8: found the end; expected the name of a field'],
  ['kernel.release; 1', 'column 15: found `;`, which means nothing in an expression'],
  ['"open', 'column 1: the text that begins here has no end; expected another "'],
  [
    'file(kernel.release)',
    'column 6: found `kernel`; expected a text in quotes, so that it is known what to look at',
  ],
  ['file("etc/passwd")', 'column 6: found "etc/passwd"; expected an absolute path'],
  ['it.State', 'column 1: `it` is an item of a list; expected it in `count(list, ...)` and the like'],
  ['count(it)', 'column 7: `it` is an item of a list; expected it in `count(list, ...)` and the like'],
  ['count()', 'column 1: `count` is given 0 values; expected 1 or 2'],
  ['split("a")', 'column 1: `split` is given 1 values; expected 2'],
  ['1 < 2 < 3', 'column 7: found `<`; expected `and` or `or`'],
  ['(1', 'column 3: found the end; expected `)`'],
  [`${'('.repeat(40)}1`, 'column 31: it is nested too deeply'],
])('%s is refused: %s', (source, message) => {
  expect(() => parseExpression(source)).toThrow(message);
});

test.each(['process.exit()', 'constructor("x")()', 'hasOwnProperty("a")', '__proto__', 'toString(1)'])(
  '%s is no name',
  (source) => {
    expect(() => parseExpression(source)).toThrow(/there is no|means nothing/);
  },
);

test('lists that a learner made long are bounded in work', () => {
  const long = Array.from({ length: 9_000 }, (_, index) => index);
  const nested = parseExpression('count(containers, count(containers, it > 1) > 1)');
  expect(() => evaluate(nested, () => long)).toThrow(TooMuchWork);
  const endless = Array.from({ length: 50_000 }, () => 'x'.repeat(100));
  expect(evaluate(parseExpression('length(join(containers, ""))'), () => endless)).toBe(64 * 1024);
});

test('what an expression looks at is known from its text', () => {
  const source = 'count(containers) + count(containers) + length(file("/a")) + container("web").State.Pid';
  expect(seenInText(source)).toEqual([
    { what: 'containers' },
    { what: 'file', path: '/a' },
    { what: 'container', name: 'web' },
  ]);
  expect(seenInText('not an expression')).toEqual([]);
});
