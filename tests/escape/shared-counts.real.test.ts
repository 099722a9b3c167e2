/** What no cgroup limits and the kernel counts by user: one sandbox that takes all it can get takes it from nobody. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

/** inotify_init1(2) by its number, until it is refused or `most` are there. */
const take = (most: number) =>
  `my $n = 0; while ($n < ${most}) { last if syscall(${process.arch === 'x64' ? 294 : 26}, 0) == -1; $n++ } my $why = $n < ${most} ? $! + 0 : "none"; $| = 1; print "$n $why\\n"`;
/** Takes in the background and keeps until the sandbox ends; says how many, and the number of the error. */
const takeAndKeep = `read -r said < <(setsid perl -e '${take(20_000)}; sleep 3600' 2>/dev/null); echo "$said"`;
const EMFILE = 24;

test('D7 inotify: one learner takes all there is for a sandbox, and others and the host have theirs', async () => {
  const own = Number(readFileSync('/proc/sys/fs/inotify/max_user_instances', 'utf8'));
  const [hungry, other] = [await server.client.create({}), await server.client.create({})];
  const taken = await server.run(hungry.id, takeAndKeep);
  const [count, why] = taken.output.trim().split(' ').map(Number);
  expect(why).toBe(EMFILE);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThanOrEqual(own);

  // Neither another user inside nor a user namespace within gets more.
  const nobody = `su nobody -s /bin/bash -c "perl -e '${take(1).replaceAll(/[$"\\]/g, '\\$&')}'"`;
  const within = `unshare --user perl -e '${take(1)}'`;
  for (const script of [nobody, within])
    expect((await server.run(hungry.id, script)).output).toBe(`0 ${EMFILE}\n`);

  expect((await server.run(other.id, `perl -e '${take(20)}'`)).output).toBe('20 none\n');
  expect(execFileSync('perl', ['-e', take(20)], { encoding: 'utf8' })).toBe('20 none\n');
});
