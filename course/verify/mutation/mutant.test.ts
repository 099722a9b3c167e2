import { expect, test } from 'vitest';
import { bashAccepts } from './bash-syntax.ts';
import { mutantsOf } from './mutant.ts';

function changes(script: string): string[] {
  return mutantsOf(script).map(({ line, change }) => `${line}: ${change}`);
}

test.each<[string, string, string[]]>([
  [
    'docker run: flags with their values, the image, the command',
    'docker run --name web -dp 8080:80 --memory=64m nginx:1.27 sleep 5',
    [
      '1: drop docker run --name web -dp 8080:80 --memory=64m nginx:1.27 sleep 5',
      '1: drop flag --name web',
      '1: name web -> web-other',
      '1: drop flag -d',
      '1: drop flag -p 8080:80',
      '1: port 8080:80 -> 8081:80',
      '1: port 8080:80 -> 8080:81',
      '1: drop flag --memory=64m',
      '1: number 64m -> 65m',
      '1: image nginx:1.27 -> busybox',
      '1: tag nginx:1.27 -> nginx:latest',
      '1: drop command sleep 5',
    ],
  ],
  [
    'volumes',
    'docker run -v data:/srv/data:ro busybox',
    [
      '1: drop docker run -v data:/srv/data:ro busybox',
      '1: drop flag -v data:/srv/data:ro',
      '1: name data -> data-other',
      '1: path /srv/data -> /srv/data-other',
      '1: drop ro of data:/srv/data:ro',
      '1: image busybox -> debian',
    ],
  ],
  [
    'a script within: its exit code, its files',
    `docker run busybox sh -c 'exit 42' || true\nchroot /srv sh -c 'ls > /seen'`,
    [
      "1: drop docker run busybox sh -c 'exit 42'",
      '1: image busybox -> debian',
      "1: drop command sh -c 'exit 42'",
      '1: drop flag -c',
      '1: exit 42 -> 43',
      '1: drop exit 42',
      "2: drop chroot /srv sh -c 'ls > /seen'",
      '2: path /srv -> /srv-other',
      '2: drop flag -c',
      '2: drop ls > /seen',
      '2: path /seen -> /seen-other',
    ],
  ],
  [
    'an answer and what it is made of',
    'answer kernel "$(uname -r)"\nanswer one 1',
    [
      '1: drop answer kernel "$(uname -r)"',
      '1: drop uname -r',
      '1: drop flag -r',
      '2: drop answer one 1',
      '2: answer 1 -> 1-other',
    ],
  ],
  [
    "the learner's terminal is the kit's, what it runs is not",
    "printf 'exit 7\\n' | script -qec 'docker start -ai x' /dev/null",
    [
      "1: drop printf 'exit 7\\n'",
      '1: exit 7 -> 8',
      "1: drop script -qec 'docker start -ai x' /dev/null",
      '1: drop docker start -ai x',
      '1: drop flag -a',
      '1: drop flag -i',
    ],
  ],
  [
    'modes, users and paths; not the devices',
    'chmod 0750 /srv/x 2> /dev/null\nchroot --userspec=1000:50 jail/root sh > note',
    [
      '1: drop chmod 0750 /srv/x 2> /dev/null',
      '1: number 0750 -> 0751',
      '1: path /srv/x -> /srv/x-other',
      '2: drop chroot --userspec=1000:50 jail/root sh > note',
      '2: drop flag --userspec=1000:50',
      '2: number 1000:50 -> 1001:50',
      '2: number 1000:50 -> 1000:51',
      '2: path jail/root -> jail/root-other',
      '2: path note -> note-other',
    ],
  ],
  [
    'names that are made, not those that are only used',
    'docker network create -d bridge net\ndocker tag a b\ndocker stop c\ncurl http://localhost:8080/',
    [
      '1: drop docker network create -d bridge net',
      '1: drop flag -d bridge',
      '1: name net -> net-other',
      '2: drop docker tag a b',
      '2: name b -> b-other',
      '3: drop docker stop c',
      '4: drop curl http://localhost:8080/',
      '4: port http://localhost:8080/ -> http://localhost:8081/',
    ],
  ],
  ['nothing of what only keeps it going or waits', 'set -e\ntrue\n: x\n  docker wait a\nsleep 1', []],
  [
    'a wait whose words matter, and a sleep that stays',
    'answer code "$(docker wait a)"\nsleep 100 &\n',
    ['1: drop answer code "$(docker wait a)"', '1: drop docker wait a', '2: drop sleep 100'],
  ],
  [
    'flags of compose before its verb',
    'docker compose -f a/b.yaml up -d',
    [
      '1: drop docker compose -f a/b.yaml up -d',
      '1: drop flag -f a/b.yaml',
      '1: path a/b.yaml -> a/b.yaml-other',
      '1: drop flag -d',
    ],
  ],
])('%s', (_, script, expected) => {
  expect(changes(script)).toEqual(expected);
});

test('a mutant is the script with only that changed', () => {
  const texts = mutantsOf("mkdir -p /a\ncat > /a/b <<'E'\n$x\nE\n").map(({ text }) => text);
  expect(texts).toEqual([
    ":\ncat > /a/b <<'E'\n$x\nE\n",
    "mkdir /a\ncat > /a/b <<'E'\n$x\nE\n",
    "mkdir -p /a-other\ncat > /a/b <<'E'\n$x\nE\n",
    "mkdir -p /a\n: <<'E'\n$x\nE\n",
    "mkdir -p /a\ncat > /a/b-other <<'E'\n$x\nE\n",
  ]);
});

test('bash reads every mutant of a script full of syntax', async () => {
  const script = `for x in a b; do docker run --name "$x" busybox sh -c 'exit 3' || true; done
if docker ps | grep -q 'a b'; then (cd /srv && ls -la > "/tmp/a b") & fi
id=$(docker create -it debian bash -c "echo $x; exit 4") && docker start "$id" 2>&1
while read -r line; do echo "$line"; done <<< "x/y"
`;
  const mutants = mutantsOf(script);
  expect(mutants.length).toBeGreaterThan(25);
  expect(await bashAccepts(script)).toBe(true);
  for (const { text, change } of mutants) expect([change, await bashAccepts(text)]).toEqual([change, true]);
  expect(await bashAccepts('if x')).toBe(false);
});
