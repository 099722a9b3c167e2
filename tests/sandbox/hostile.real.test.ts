/** A learner who wants to harm the server or the others: each case was once possible. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReadTerminal } from '../read-terminal.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Host pids of the server's own children whose command line contains `word`. */
function childrenOfServer(word: string): number[] {
  const pids = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'latin1').trim().split(' ');
  return pids
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(word));
}

test('a sandbox that froze itself is destroyed all the same', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  // Runs on outside of any request, since it freezes whoever asks for it as well.
  const freeze =
    'cd /sys/fs/cgroup; for f in freezer/freezer.state; do [ -e $f ] && echo FROZEN > $f; done; [ -e cgroup.freeze ] && echo 1 > cgroup.freeze';
  await server.run(id, `setsid sh -c 'sleep 0.3; ${freeze}' >/dev/null 2>&1 &`);
  await expect.poll(async () => (await server.client.view(id)).docker).toBe('stopped');
  await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test('cgroups nested deeper than a path can name are removed', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  const dig = 'i=0; while [ $i -lt 40 ]; do mkdir $name && cd $name || break; i=$((i+1)); done; echo $i';
  const { output } = await server.run(
    id,
    `name=$(head -c 200 /dev/zero | tr '\\0' x); for d in /sys/fs/cgroup/memory /sys/fs/cgroup; do cd $d 2>/dev/null && (${dig}); done`,
  );
  expect(output).toContain('40');
  await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test('datagrams no honest program sends leave the resolver standing for all', async () => {
  const id = await server.sandbox();
  const relay = childrenOfServer('relay/main.ts');
  expect(relay).toHaveLength(1);
  // A query for example.org from port 0, which only a raw socket can send.
  const script = `use Socket; socket(S, AF_INET, SOCK_RAW, 17) or die $!;
    my $q = pack("n6", 7, 0x100, 1, 0, 0, 0) . "\\7example\\3org\\0" . pack("n2", 1, 1);
    for my $port (0, 4242) { send(S, pack("n4", $port, 53, 8 + length $q, 0) . $q, 0, sockaddr_in(53, inet_aton("10.77.0.1"))) or die $!; }
    print "sent\\n"`;
  expect((await server.run(id, `perl -e '${script}'`)).output).toBe('sent\n');
  expect((await server.run(id, 'getent hosts example.org; echo $?')).output).toBe('2\n');
  expect(childrenOfServer('relay/main.ts')).toEqual(relay);
  await server.client.destroy(id);
});

test('huge command lines neither flood the server nor hide other processes', async () => {
  const id = await server.sandbox();
  const { output } = await server.run(
    id,
    `ulimit -s unlimited; x=$(head -c 120000 /dev/zero | tr '\\0' y); for i in $(seq 200); do (exec -a huge sleep 500 $x 2>/dev/null || true) & done; for i in $(seq 200); do perl -e 'sleep 600' $x $x $x $x $x $x $x $x & done >/dev/null 2>&1; echo ok`,
  );
  expect(output).toContain('ok');
  await expect.poll(async () => (await server.client.processes(id)).length).toBeGreaterThan(200);
  const processes = await server.client.processes(id);
  expect(JSON.stringify(processes).length).toBeLessThan(4 * 1024 ** 2);
  expect(processes.some((one) => one.pid === 1)).toBe(true);
  await server.client.destroy(id);
});

test('a closed terminal whose shell ignores the hang-up keeps nothing of the host', async () => {
  const id = await server.sandbox();
  const descriptors = () => readdirSync(`/proc/${server.pid}/fd`).length;
  const before = descriptors();
  for (let round = 0; round < 3; round += 1) {
    const terminal = await ReadTerminal.open(server.client, id);
    await expect.poll(() => terminal.text).toContain('#');
    terminal.type("trap '' HUP; echo dea''f; perl -e '$SIG{HUP}=\"IGNORE\"; sleep 7000'\r");
    await expect.poll(() => terminal.text).toContain('deaf');
    await server.client.closeTerminal(id, terminal.id);
  }
  await expect.poll(() => childrenOfServer('exec').length).toBe(0);
  await expect.poll(descriptors).toBeLessThanOrEqual(before);
  await server.client.destroy(id);
});

test('a file held by a lease is refused, at once; a link says where it leads, also to nothing', async () => {
  const id = await server.sandbox();
  const lease =
    'open F, "+<", "/root/leased"; fcntl(F, 1024, 1) or die $!; $| = 1; print "held\\n"; sleep 600';
  await server.run(
    id,
    `echo x > /root/leased; ln -s /nowhere /root/dangling; touch /root/other; ln -s other /root/link; setsid perl -e '${lease}' > /root/out 2>&1 &`,
  );
  await expect.poll(async () => (await server.run(id, 'cat /root/out')).output).toBe('held\n');
  const look = (path: string) => server.client.readFile(id, { path, maxBytes: 100 });
  expect(await look('/root/leased')).toMatchObject({ outcome: 'refused', reason: 'EAGAIN' });
  expect(await look('/root/dangling')).toEqual({ outcome: 'missing', target: '/nowhere' });
  expect(await look('/root/link')).toMatchObject({ target: 'other', content: '' });
  await server.client.destroy(id);
});

test('after a restart of the server, and of its registry, stopping still frees the disk', async () => {
  const id = await server.sandbox();
  await server.kill();
  await server.launch();
  await expect.poll(() => childrenOfServer('docker-registry').length).toBe(1);
  process.kill(childrenOfServer('docker-registry')[0] as number, 'SIGKILL');
  await expect.poll(() => childrenOfServer('docker-registry').length).toBe(1);
  // It runs a little before it listens.
  const answers = async () => (await server.run(id, 'curl -sf http://10.77.0.1:5000/v2/; echo')).output;
  await expect.poll(answers).toContain('{}');
  expect((await server.run(id, 'docker run --rm busybox echo pulled')).output).toMatch(/^pulled$/m);
  await server.client.stop(id);
  expect(leftoversOf(server).loops).toEqual([]);
  await server.client.start(id);
  expect(leftoversOf(server).loops).toHaveLength(1);
  await server.client.destroy(id);
  expect(leftoversOf(server).loops).toEqual([]);
});

test('a mount namespace made meanwhile holds the disk on; it is never mounted by a second device', async () => {
  const id = await server.sandbox();
  const holder = spawn('unshare', [
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    'echo held; exec sleep 600',
  ]);
  await once(holder.stdout, 'data');
  try {
    await server.run(id, 'echo first > /root/file');
    await server.client.stop(id);
    await server.client.start(id);
    expect(leftoversOf(server).loops).toHaveLength(1);
    expect((await server.run(id, 'cat /root/file; echo second > /root/file')).output).toBe('first\n');
    await server.client.stop(id);
  } finally {
    holder.kill('SIGKILL');
  }
  await expect.poll(() => leftoversOf(server).loops).toEqual([]);
  await server.client.start(id);
  expect((await server.run(id, 'cat /root/file')).output).toBe('second\n');
  await server.client.destroy(id);
});

test('a program that reads nothing of what is typed costs the server nothing', async () => {
  const id = await server.sandbox();
  const terminal = await ReadTerminal.open(server.client, id);
  await expect.poll(() => terminal.text).toContain('#');
  terminal.type("stty raw -echo; echo ra''w; sleep 2.5; head -c 100000 | md5sum; stty sane\r");
  await expect.poll(() => terminal.text).toContain('raw');
  terminal.type(Buffer.alloc(50_000, 'a'));
  terminal.type(Buffer.alloc(50_000, 'b'));
  const ticks = () => {
    const fields = readFileSync(`/proc/${server.pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  };
  const before = ticks();
  await delay(1500);
  // Hundredths of a second of processor time.
  expect(ticks() - before).toBeLessThan(40);
  // And all of it arrives once it is read: md5 of 50,000 a and 50,000 b.
  await expect.poll(() => terminal.text).toContain('6391f4d5b447d09fb3d893b912eb8e6e');
  await server.client.destroy(id);
});

test('an answer longer than the buffers, from a server that then hangs up, arrives whole', async () => {
  const id = await server.sandbox();
  const listen = `use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Local => "/run/big.sock", Listen => 1) or die $!;
    while (my $c = $s->accept) { print $c "x" x 8_000_000; close $c; }`;
  await server.run(id, `setsid perl -e '${listen}' >/dev/null 2>&1 &`);
  await expect
    .poll(async () => (await server.client.readFile(id, { path: '/run/big.sock', maxBytes: 0 })).type)
    .toBe('socket');
  const socket = await server.client.dial(id, '/run/big.sock');
  let length = 0;
  for await (const chunk of socket) {
    length += (chunk as Buffer).length;
    await delay(1);
  }
  expect(length).toBe(8_000_000);
  await server.client.destroy(id);
});

test('a flood of output to a slow reader arrives whole', async () => {
  const id = await server.sandbox();
  let length = 0;
  const argv = ['/bin/sh', '-c', 'head -c 30000000 /dev/zero'];
  const exit = await server.client.exec(id, { argv }, { onStdout: (chunk) => (length += chunk.length) });
  expect(exit.exitCode).toBe(0);
  expect(length).toBe(30_000_000);
  await server.client.destroy(id);
});
