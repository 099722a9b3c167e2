/** What a sandbox-server tells of limits that are met, while somebody follows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LimitSubject, UsageReport } from '../../protocol/usage.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  const limits = { memoryBytes: 400 * 1024 ** 2, pids: 200, diskBytes: 400 * 1024 ** 2, diskInodes: 20_000 };
  server = await RunningSandboxServer.start({ limits });
  id = await server.sandbox();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Follows until `found` accepts a report. */
async function follow(found: (report: UsageReport) => boolean): Promise<UsageReport> {
  const aborter = new AbortController();
  for await (const report of server.client.followUsage(id, { signal: aborter.signal })) {
    if (found(report)) return report;
  }
  throw new Error('the stream ended first');
}

const says = (subject: LimitSubject, level: string) => (report: UsageReport) =>
  report.limits.some((state) => state.subject === subject && state.level === level);

/** Runs the script once somebody follows. */
async function told(script: string, found: (report: UsageReport) => boolean): Promise<UsageReport> {
  let running: Promise<unknown> | null = null;
  const report = await follow((one) => {
    running ??= server.run(id, script);
    return found(one);
  });
  await running;
  return report;
}

const hungry = '(head -c 900M /dev/zero | tail -c 900M | wc -c) >/dev/null 2>&1; true';

test('what it uses, in one look', async () => {
  const usage = await server.client.usage(id);
  expect(usage).toMatchObject({ memoryLimitBytes: 400 * 1024 ** 2, pidsLimit: 200 });
  expect(usage.memoryBytes).toBeGreaterThan(1024 ** 2);
  expect(usage.memoryBytes).toBeLessThan(usage.memoryLimitBytes);
  expect(usage.pids).toBeGreaterThan(5);
  expect(usage.cpuMs).toBeGreaterThan(0);
  expect(usage.diskUsedBytes).toBeLessThan(usage.diskBytes);
  expect(usage.inodesUsed).toBeLessThan(usage.inodes);
});

test('memory: a limit that the learner set for a container is no news', async () => {
  await server.run(id, 'docker pull -q busybox');
  const reports: UsageReport[] = [];
  const after =
    'docker run --rm -m 32m busybox dd if=/dev/zero of=/dev/null bs=100M count=1; fallocate -l 20M /root/mark';
  const begun = (await server.client.usage(id)).diskUsedBytes;
  await told(after, (report) => {
    reports.push(report);
    // A look that came after the container has been ended.
    return report.usage.diskUsedBytes > begun + 15 * 1024 ** 2;
  });
  expect(reports.flatMap(({ limits }) => limits)).toEqual([]);
  await server.run(id, 'rm /root/mark');
});

test('processes: a fork bomb is told, and that it is over', async () => {
  await told("sh -c 'for i in $(seq 400); do sleep 3 & done' 2>/dev/null; true", says('pids', 'reached'));
  await follow(({ limits }) => limits.length === 0);
});

test('disk: nearly full, full, and room again', async () => {
  const used = await server.client.usage(id);
  const bytes = Math.floor(used.diskBytes * 0.93 - used.diskUsedBytes);
  await told(`fallocate -l ${bytes} /root/big`, says('disk', 'near'));
  await told('dd if=/dev/zero of=/root/more bs=1M 2>/dev/null; true', says('disk', 'reached'));
  await told('rm /root/big /root/more', ({ limits }) => limits.length === 0);
});

test('inodes: a disk full of empty files is told', async () => {
  await told(
    'mkdir /root/many; cd /root/many; seq 30000 | xargs touch 2>/dev/null; true',
    says('inodes', 'reached'),
  );
  await told('rm -r /root/many', ({ limits }) => limits.length === 0);
});

// From here on the machine has run out of memory, which is told for ten minutes to whoever follows.
test('memory: a program that is ended for want of it is told at once, each time anew', async () => {
  const first = await told(hungry, says('memory', 'reached'));
  const at = ({ limits }: UsageReport) => limits.find(({ subject }) => subject === 'memory')?.at;
  // Whoever follows next is told of the first one again, and of the second when it happens.
  const second = await told(
    hungry,
    (report) => says('memory', 'reached')(report) && at(report) !== at(first),
  );
  expect(at(second)).toBeDefined();
});

const cgroupsAreV2 = existsSync('/sys/fs/cgroup/cgroup.controllers');

/** Children of the server: what waits for an event on hosts with cgroup v1. */
function waiters(): string[] {
  const children = readdirSync('/proc').filter((pid) => {
    try {
      return new RegExp(`^PPid:\\s${server.pid}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
  return children.filter((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'cat\n');
}

test('memory: what happened while nobody followed is told to who comes next, with the time it happened', async () => {
  const begunMs = Date.now();
  await server.run(id, hungry);
  const endedMs = Date.now();
  const report = await follow(says('memory', 'reached'));
  const at = Date.parse(report.limits.find(({ subject }) => subject === 'memory')?.at ?? '');
  // The kernel ended it in between; a busy host may hear of it a moment later.
  expect(at).toBeGreaterThanOrEqual(begunMs);
  expect(at).toBeLessThan(endedMs + 10_000);
});

test('one waits for each sandbox that a learner has, however many follow, and none for a stopped one; that ends the stream', async () => {
  await expect.poll(waiters).toHaveLength(cgroupsAreV2 ? 0 : 1);
  const reports: UsageReport[] = [];
  let stopping: Promise<unknown> | null = null;
  for await (const report of server.client.followUsage(id)) {
    reports.push(report);
    stopping ??= server.client.stop(id);
  }
  await stopping;
  expect(reports.length).toBeGreaterThan(0);
  await expect.poll(waiters).toEqual([]);
  await expect(server.client.usage(id)).rejects.toMatchObject({ code: 'SANDBOX_NOT_RUNNING' });
});
