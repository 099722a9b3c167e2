import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

const memoryBytes = 400 * 1024 ** 2;
let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  const limits = { memoryBytes, pids: 200, diskBytes: 400 * 1024 ** 2, diskInodes: 20_000 };
  server = await RunningSandboxServer.start({ limits });
  id = await server.sandbox();
});
afterAll(() => server[Symbol.asyncDispose]());

test('memory: a hungry program dies inside, and the sandbox goes on', async () => {
  const hungry = 'head -c 900M /dev/zero | tail -c 900M | wc -c';
  const { output } = await server.run(id, `(${hungry}); echo survived`);
  expect(output).not.toContain(String(900 * 1024 ** 2));
  expect(output).toContain('survived');
  expect((await server.client.view(id)).status).toBe('running');
});

test('processes: a fork bomb meets its ceiling', async () => {
  const { output } = await server.run(id, `sh -c 'for i in $(seq 400); do sleep 1 & done' 2>&1`);
  expect(output).toMatch(/Cannot fork/);
  expect((await server.run(id, 'echo alive')).output).toBe('alive\n');
});

test('disk: a full one says so, and what is there stays', async () => {
  const { output } = await server.run(
    id,
    'echo kept > /root/a; dd if=/dev/zero of=/root/big bs=1M count=2000 2>&1; sync',
  );
  expect(output).toContain('No space left on device');
  expect((await server.run(id, 'cat /root/a; rm /root/big; echo more > /root/b; cat /root/b')).output).toBe(
    'kept\nmore\n',
  );
});

test('inodes: a disk full of empty files says so, and is usable again when they are gone', async () => {
  const { output } = await server.run(
    id,
    'mkdir /root/many; cd /root/many; seq 30000 | xargs touch 2>&1 | tail -1; ls | wc -l; stat -fc %c /root',
  );
  expect(output).toContain('No space left on device');
  const [made, total] = output.trim().split('\n').slice(-2).map(Number) as [number, number];
  expect(total).toBeGreaterThanOrEqual(20_000);
  expect(total).toBeLessThan(25_000);
  expect(made).toBeLessThan(total);
  expect((await server.run(id, 'rm -r /root/many; touch /root/one && echo made')).output).toBe('made\n');
});

test('cpu: what spins on every core together gets no more than the ceiling', async () => {
  const { id: slow } = await server.client.create({ network: 'none', limits: { cpuPercent: 20 } });
  // Measured by the machine's own clock of used time over real time: a busy host only makes it less.
  const spin = 'for i in 1 2 3 4; do (timeout 3 sh -c "while :; do :; done") & done; wait';
  const { output } = await server.run(slow, `TIMEFORMAT='%R %U %S'; time (${spin})`);
  const [real, user, system] = output.trim().split('\n').at(-1)!.split(' ').map(Number) as [
    number,
    number,
    number,
  ];
  expect(real).toBeGreaterThan(2.5);
  expect((user + system) / real).toBeLessThan(0.3);
  await server.client.destroy(slow);
});

test('what is asked for one sandbox holds for that one, and survives stop and start', async () => {
  const limits = { memoryBytes: 100 * 1024 ** 2, pids: 100, openFiles: 2_000, terminals: 1 };
  const { id: small, limits: told } = await server.client.create({ network: 'none', limits });
  expect(told).toMatchObject({ ...limits, diskInodes: 20_000 });
  await server.client.stop(small);
  await server.client.start(small);
  expect((await server.run(small, 'ulimit -Hn')).output).toBe('2000\n');
  const hungry = 'head -c 200M /dev/zero | tail -c 200M | wc -c';
  expect((await server.run(small, `(${hungry}) 2>&1; echo survived`)).output).not.toContain(
    `${200 * 1024 ** 2}`,
  );
  const many = "sh -c 'for i in $(seq 150); do sleep 1 & done' 2>&1 | tail -1";
  expect((await server.run(small, many)).output).toMatch(/Cannot fork/);
  await server.client.openTerminal(small, { cols: 80, rows: 24 });
  const second = server.client.openTerminal(small, { cols: 80, rows: 24 });
  await expect(second).rejects.toMatchObject({ code: 'TOO_MANY' });
  await server.client.destroy(small);
});

test('no more than the server gives can be asked for', async () => {
  const asked = server.client.create({ limits: { memoryBytes: memoryBytes + 1 } });
  await expect(asked).rejects.toMatchObject({ code: 'LIMIT_TOO_HIGH' });
  const nonsense = server.client.create({ limits: { pids: 1 } });
  await expect(nonsense).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test("docker's own limits work inside", async () => {
  const show = 'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null';
  expect((await server.run(id, `docker run --rm -m 64m busybox sh -c '${show}'`)).output).toContain(
    '67108864',
  );
  const hungry = 'docker run --name eater -m 32m busybox dd if=/dev/zero of=/dev/null bs=100M count=1';
  await server.run(id, hungry);
  const { output } = await server.run(
    id,
    "docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' eater",
  );
  expect(output).toBe('true 137\n');
});

test("docker's --cpus and --pids-limit are in the container's cgroup, and hold", async () => {
  const show = `cd /sys/fs/cgroup; cat cpu.max cpu/cpu.cfs_quota_us pids.max pids/pids.max 2>/dev/null
    for i in $(seq 30); do sleep 1 & done`;
  const { output } = await server.run(
    id,
    `docker run --rm --cpus 0.5 --pids-limit 20 busybox sh -c '${show}' 2>&1`,
  );
  expect(output).toMatch(/^50000( 100000)?\n20\n.*can't fork/);
});

test('cgroups made by hand hold what is put into them', async () => {
  const { output } = await server.run(
    id,
    `of() { echo /sys/fs/cgroup/$([ -e /sys/fs/cgroup/$1 ] && echo $1)/lesson; }
     mkdir -p $(of memory) $(of pids)
     echo 40M > $(ls $(of memory)/memory.max $(of memory)/memory.limit_in_bytes 2>/dev/null)
     echo 10 > $(of pids)/pids.max
     bash -c "echo \\$\\$ > $(of memory)/cgroup.procs; head -c 200M /dev/zero | tail -c 200M | wc -c" 2>&1
     bash -c "echo \\$\\$ > $(of pids)/cgroup.procs; for n in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1 & done" 2>&1 | head -1
     for n in $(seq 50); do rmdir $(of memory) $(of pids) 2>/dev/null; [ -e $(of pids) ] || break; sleep 0.2; done
     [ -e $(of memory) ] || echo removed`,
  );
  expect(output).not.toContain(String(200 * 1024 ** 2));
  expect(output).toMatch(/fork: retry|Cannot fork|Resource temporarily unavailable/);
  expect(output).toMatch(/^removed$/m);
});

test('the limits are on a level the learner neither sees nor owns', async () => {
  const raise =
    'cd /sys/fs/cgroup; for f in memory/memory.limit_in_bytes memory.max; do [ -e $f ] && echo 9999999999999 > $f; done';
  await server.run(id, raise);
  const { output } = await server.run(
    id,
    'head -c 900M /dev/zero | tail -c 900M | wc -c; ls /sys/fs/cgroup/..',
  );
  expect(output).not.toContain(String(900 * 1024 ** 2));
  expect(output).not.toContain(server.instance);
});

test('a command beyond its time is killed with its children; one left behind on purpose stays', async () => {
  const started = await server.client.exec(
    id,
    { argv: ['/bin/bash', '-c', 'sleep 4567; true'], timeoutMs: 500 },
    {},
  );
  expect(started).toEqual({ exitCode: null, signal: 'SIGKILL', timedOut: true });
  await expect.poll(async () => (await server.run(id, 'pgrep -f "sleep 4567" -c')).output).toBe('0\n');
  await server.run(id, 'setsid sleep 7654 >/dev/null 2>&1 &');
  expect((await server.run(id, 'pgrep -fc "^sleep 7654"')).output).toBe('1\n');
});
