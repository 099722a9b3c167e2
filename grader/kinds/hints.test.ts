/** Hints that follow from what was seen, one line for each rule. */
import { expect, test } from 'vitest';
import { verdictOn } from '../check.fixture.ts';
import { containerOf, detailOf, eventOf, idOf, imageOf, type LiteralMachine } from '../observer.fixture.ts';

const hintOn = async (check: Record<string, unknown>, machine: LiteralMachine): Promise<string | undefined> =>
  (await verdictOn(check, machine)).hint;

const exited = (code: number): LiteralMachine => ({
  containers: [containerOf('a', { State: 'exited', Status: `Exited (${code}) 1 second ago` })],
  details: { [idOf('a')]: detailOf({ ExitCode: code }) },
});
const inState = (State: string): LiteralMachine => ({
  containers: [containerOf('a', { State })],
  details: { [idOf('a')]: detailOf({}) },
});
const happenedTo = (id: string, name: string, ...actions: string[]) =>
  actions.map((action) => eventOf('container', action, idOf(id), { image: 'busybox', name }));
const fromBusybox = { kind: 'container', find: { image: 'busybox' } };
const running = { kind: 'container', find: { name: 'web' }, expect: { state: 'running' } };
const ended = { kind: 'container', find: { name: 'web' }, expect: { state: 'exited', exitCode: 3 } };

test.each<[string, Record<string, unknown>, LiteralMachine, string | undefined]>([
  ['created', running, inState('created'), 'A created container waits for `docker start`.'],
  ['done at once', running, exited(0), 'a container runs for as long as its first process does'],
  ['ended with a code of its own', running, exited(1), '`docker logs web` shows what it printed'],
  ['no such command', running, exited(127), 'there is no such command in the image'],
  ['killed', running, exited(137), '137 means that it was killed'],
  ['paused', running, inState('paused'), '`docker unpause`'],
  ['in a loop', running, inState('restarting'), 'again and again'],
  ['runs on', ended, inState('running'), 'by `docker stop`'],
  ['could not be started', ended, inState('created'), 'is it in the image, and spelt so?'],
  ['another code', ended, exited(1), '`docker logs web`'],
  ['another good end', ended, exited(0), undefined],
  [
    'another name',
    { kind: 'container', find: { name: 'shop', image: 'nginx' } },
    inState('running'),
    '`docker rename web shop` gives it that name.',
  ],
  [
    'gone, from that image',
    fromBusybox,
    { events: happenedTo('b', 'calm_fox', 'create', 'start', 'die', 'destroy') },
    'One ran and was removed: `--rm` does that when it ends, and so does `docker rm`.',
  ],
  [
    'gone, of that name, beside another container',
    { kind: 'container', find: { name: 'clock' } },
    { ...inState('running'), events: happenedTo('b', 'clock', 'create', 'start', 'die', 'destroy') },
    'One ran and was removed',
  ],
  [
    'gone, of another name',
    { kind: 'container', find: { name: 'clock', image: 'busybox' } },
    { events: happenedTo('b', 'calm_fox', 'create', 'start', 'die', 'destroy') },
    undefined,
  ],
  [
    'gone, from another image',
    { kind: 'container', find: { image: 'nginx' } },
    { events: happenedTo('b', 'calm_fox', 'create', 'start', 'die', 'destroy') },
    undefined,
  ],
  [
    'gone without having run',
    fromBusybox,
    { events: happenedTo('b', 'calm_fox', 'create', 'destroy') },
    undefined,
  ],
  [
    'one ran, another was removed',
    fromBusybox,
    {
      events: [
        ...happenedTo('b', 'calm_fox', 'create', 'start'),
        ...happenedTo('c', 'wise_owl', 'create', 'destroy'),
      ],
    },
    undefined,
  ],
  [
    'a setting that cannot be changed',
    { kind: 'container', find: { name: 'web' }, expect: { tty: true } },
    inState('running'),
    'remove this one, and run it anew as asked',
  ],
  [
    'several words in quotes',
    { kind: 'container', find: { name: 'web' }, expect: { program: 'date', state: 'exited' } },
    { containers: [containerOf('a')], details: { [idOf('a')]: detailOf({ command: ['date -u'] }) } },
    'Quotes around several words make them one: leave them out.',
  ],
  [
    'another tag',
    { kind: 'image', reference: 'nginx:1.27' },
    { images: [imageOf('1', 'nginx:latest')] },
    'A tag is part of the name',
  ],
  [
    'the file in another directory',
    { kind: 'file', path: '/srv/app/config' },
    {
      files: {
        '/srv/app': { exists: true, type: 'directory', entries: [] },
        '/root/config': { exists: true, type: 'file' },
      },
    },
    'There is one at `/root/config`: was that meant to be `/srv/app/config`?',
  ],
  [
    'the right mode, another owner',
    { kind: 'file', path: '/x', mode: '0600', uid: 1000 },
    { files: { '/x': { exists: true, type: 'file', mode: 0o600, uid: 0 } } },
    '`chown` changes the owner',
  ],
  [
    'a compose service that ended',
    { kind: 'compose', project: 'shop', services: { web: {} } },
    {
      containers: [
        {
          ...containerOf('a', { State: 'exited', Status: 'Exited (1) 1 second ago' }),
          Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
        },
      ],
    },
    '`docker compose logs web`',
  ],
  [
    'the nearest of several ways',
    {
      kind: 'any',
      checks: [
        { kind: 'volume', name: 'gone' },
        (({ kind, find, expect }) => ({ kind, find, expect }))(running),
      ],
    },
    exited(1),
    '`docker logs web`',
  ],
])('%s', async (_name, check, machine, hint) => {
  const said = await hintOn(check, machine);
  if (hint === undefined) expect(said).toBe(undefined);
  else expect(said).toContain(hint);
});
