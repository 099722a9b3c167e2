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

test('D6 network namespaces, which no cgroup is charged for: a machine has its own number, whoever asks inside', async () => {
  const [hungry, other] = [await server.client.create({}), await server.client.create({})];
  const ENOSPC = 28;
  /** unshare(CLONE_NEWNET) in processes that stay. */
  const make = (most: number) =>
    `my $why = 0; for (1..${most}) { pipe my $r, my $w; if (!fork) { close STDOUT; close STDERR; syswrite $w, pack "i", syscall(${process.arch === 'x64' ? 272 : 97}, 0x40000000) == -1 ? $! + 0 : 0; sleep 600; exit } sysread $r, my $e, 4; $why = unpack "i", $e; last if $why; $n++ } $n += 0; $| = 1; print "$n $why\\n"`;
  const taken = await server.run(
    hungry.id,
    `read -r said < <(setsid perl -e '${make(300)}' 2>/dev/null); echo "$said"`,
  );
  const [count, why] = taken.output.trim().split(' ').map(Number);
  expect(why).toBe(ENOSPC);
  expect(count).toBeGreaterThan(60);
  expect(count).toBeLessThanOrEqual(128);

  const raised = `echo 9999 >/proc/sys/user/max_net_namespaces; perl -e '${make(1)}'`;
  const within = `unshare --user --map-root-user sh -c "${raised.replaceAll(/[$"\\]/g, '\\$&')}"`;
  for (const script of [raised, within])
    expect((await server.run(hungry.id, `{ ${script}; } 2>&1 | tail -1`)).output).toBe(`0 ${ENOSPC}\n`);

  expect((await server.run(other.id, `perl -e '${make(20)}'; pkill perl`)).output).toBe('20 0\n');
});
