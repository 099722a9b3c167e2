import { expect, test } from 'vitest';
import { checkSchema } from '../protocol/exercise.ts';
import { contradictionsIn } from './check-rules.ts';

function faultsOf(check: Record<string, unknown>): string[] {
  const parsed = checkSchema.parse({ id: 'x', label: 'A check', ...check });
  return contradictionsIn(parsed).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const event = { kind: 'docker-event', type: 'container', action: 'die' };
const started = { type: 'container', action: 'start' };
const worked = (value: string) => ({ kind: 'answer', source: { from: 'expression', value } });
const answer = (pattern: string) => ({ kind: 'answer', source: { from: 'file', path: '/x', pattern } });

test.each([
  [{ kind: 'file', path: '/x', content: { matches: '^(a|b)+$' } }],
  [{ kind: 'file', path: '/x', type: 'directory', entries: ['a'], executable: true }],
  [{ ...event, exitCode: 1, also: ['attach'], image: 'x' }],
  [{ kind: 'container', find: {}, expect: { command: { matches: '^(\\S*/)?(ba|a)?sh\\b' } } }],
  [answer('^ID=(.*)$')],
])('a check that makes sense %#', (check) => {
  expect(faultsOf(check)).toEqual([]);
});

test.each([
  [{ kind: 'file', path: '/x', entries: ['a'] }, /^entries: `entries` means nothing where `type` is `file`/],
  [{ kind: 'file', path: '/x', type: 'directory', content: { equals: '' } }, /^content: /],
  [{ kind: 'file', path: '/x', type: 'absent', mode: '0644' }, /^mode: /],
  [{ ...event, action: 'start', exitCode: 1 }, /^exitCode: only `die` has an exit code/],
  [{ ...event, type: 'volume', also: ['mount'] }, /^also: `also` is for `type: container`/],
  [{ ...event, type: 'network', image: 'x' }, /^image: an event of type `network` has no image/],
  [{ kind: 'process', find: {} }, /^find: `find` is empty/],
  [
    { kind: 'process', find: { command: { matches: '(a+)+$' } } },
    /^find.command.matches: .* can take for ever/,
  ],
  [{ kind: 'file', path: '/x', content: { matches: '(\\w*\\s)*$' } }, /^content.matches: /],
  [answer('('), /^source.pattern: `pattern` is no regular expression/],
  [answer('.*'), /^source.pattern: `pattern` has no group/],
  [
    worked('count(containers'),
    /^source.value: `value` cannot be read at column 17: found the end; expected `,`/,
  ],
  [worked('containres'), /^source.value: .* column 1: there is no `containres`; expected one of `kernel`, /],
  [worked('2 + 3'), /^source.value: `value` looks at nothing of the machine/],
  [{ kind: 'volume', name: 'x', present: false, expect: { driver: 'local' } }, /^expect: .* means nothing/],
  [{ kind: 'compose', project: 'x', present: false, services: {} }, /^services: .* means nothing/],
  [
    { kind: 'container', find: {}, expect: { mounts: [{ type: 'bind', source: 'data', target: '/x' }] } },
    /^expect.mounts.0.source: .* is it a volume\?/,
  ],
  [
    { kind: 'container', find: {}, expect: { env: { A: { matches: '(a+)+$' } } } },
    /^expect.env.A.matches: .* can take for ever/,
  ],
  [
    { kind: 'not', check: { kind: 'any', checks: [{ kind: 'process', find: {} }, event] } },
    /^check.checks.0.find: `find` is empty/,
  ],
  [{ kind: 'count', atLeast: 3, checks: [event, event] }, /^atLeast: .* only 2 checks/],
  [{ kind: 'process', find: { container: 'web' }, count: { atLeast: 2, atMost: 1 } }, /^count: /],
  [{ kind: 'before', events: [started, { ...started, exitCode: 1 }] }, /^events.1.exitCode: /],
])('a check that does not %#', (check, expected) => {
  expect(faultsOf(check)).toEqual([expect.stringMatching(expected)]);
});
