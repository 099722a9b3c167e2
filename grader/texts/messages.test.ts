import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everyKind } from '../every-kind.fixture.ts';
import { gradeExercise } from '../grade.ts';
import {
  containerOf,
  detailOf,
  eventOf,
  idOf,
  imageOf,
  observe,
  processOf,
  init,
} from '../observer.fixture.ts';
import type { LiteralMachine } from '../observer.fixture.ts';
import { collectMessages, messagesFile } from './collect.ts';

const messages = collectMessages();

test('messages.json lists every message; node grader/texts/collect.ts writes it anew', () => {
  expect(JSON.parse(readFileSync(messagesFile, 'utf8'))).toEqual(messages);
  expect(Object.keys(messages).length).toBeGreaterThan(400);
});

/** A language in which every message is the English one with its words between brackets, and its places outside. */
const pseudo = new Map(
  Object.keys(messages).map((id) => [id, id.replaceAll(/\{\d+\}|`[^`]*`|[^{`]+/g, bracketed)]),
);

function bracketed(part: string): string {
  return /^[{`]/.test(part) ? part : `«${part}»`;
}

const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
const machines: Record<string, LiteralMachine> = {
  empty: {},
  'without Docker': { docker: 'down' },
  'something there': {
    files: {
      '/x': { exists: true, type: 'file', mode: 0o600, uid: 1, gid: 1, text: 'abc', linkTarget: '/y' },
      '/y': { exists: true, type: 'directory', mode: 0o755, uid: 0, gid: 0, entries: ['a'] },
    },
    processes: [init, processOf({ containerId: idOf('a') }), processOf({ pid: 101, name: 'sleep' })],
    containers: [
      { ...containerOf('a'), Labels: labels },
      containerOf('b', { name: 'other', State: 'exited' }),
    ],
    details: { [idOf('a')]: detailOf({}), [idOf('b')]: detailOf({ ExitCode: 3 }) },
    images: [imageOf('1', 'nginx:latest')],
    imageDetails: { [`sha256:${idOf('1')}`]: { RootFS: { Layers: ['a', 'b', 'c'] }, Size: 1_000 } },
    volumes: [{ Name: 'data', Driver: 'local' }],
    networks: [{ Name: 'lab', Driver: 'bridge' }],
    events: [
      eventOf('container', 'start', idOf('a'), { image: 'nginx', name: 'web' }),
      eventOf('container', 'die', idOf('a'), { image: 'nginx', name: 'web', exitCode: '1' }),
    ],
  },
};

/** What no message stands behind: neither in brackets nor a code span, which is never translated. */
function untranslated(text: string): string {
  let rest = text.replaceAll(/`[^`]*`/g, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replaceAll(/«[^«»]*»/g, '');
  }
  return rest.replaceAll(/[^\p{L}]+/gu, ' ').trim();
}

test.each(Object.keys(machines))('whatever is said can be said in another language: %s', async (name) => {
  const { verdicts } = await gradeExercise({
    exerciseId: 'a/b/c',
    exercise: everyKind,
    observer: observe(machines[name]!),
    answers: new Map(everyKind.checks.map(({ id }) => [id, 'abcd'])),
    now: new Date(0),
    catalogue: pseudo,
  });
  const left = verdicts.flatMap(({ sentence, expected, observed, hint = '' }) =>
    [sentence, expected, observed, hint].filter(
      // A script check's "asks" is the author's own text.
      (text) => !['', 'a true thing'].includes(untranslated(text)),
    ),
  );
  expect(left).toEqual([]);
});

test('a language says it in its own order, and what it lacks in English', async () => {
  const catalogue = new Map([['There is no {0} yet.', 'Noch gibt es kein {0}.']]);
  const look = (path: string) =>
    gradeExercise({
      exerciseId: 'a/b/c',
      exercise: { ...everyKind, checks: [{ id: 'x', label: 'x', kind: 'file', type: 'file', path }] },
      observer: observe({ files: { '/d': { exists: true, type: 'directory' } } }),
      answers: new Map(),
      now: new Date(0),
      catalogue,
    });
  expect((await look('/none')).verdicts[0]?.sentence).toBe('Noch gibt es kein `/none`.');
  expect((await look('/d')).verdicts[0]?.sentence).toBe('`/d` is a directory; the task asks for a file.');
});
