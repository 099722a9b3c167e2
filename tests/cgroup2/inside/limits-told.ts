/** What is told of the sandbox's limits while somebody follows: by the event files of cgroup v2. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LimitSubject } from '../../../protocol/usage.ts';
import { client, inside, limits, theSandbox } from './server.ts';

/** Runs the script once somebody follows, until the limit is told. */
async function told(script: string, subject: LimitSubject): Promise<void> {
  const aborter = new AbortController();
  let running: Promise<string> | null = null;
  for await (const report of client.followUsage(await theSandbox(), { signal: aborter.signal })) {
    running ??= inside(script);
    if (report.limits.some((state) => state.subject === subject && state.level === 'reached')) break;
  }
  await running;
}

test('what it uses is read from its outer cgroup', async () => {
  const usage = await client.usage(await theSandbox());
  assert.equal(usage.memoryLimitBytes, limits.memoryBytes);
  assert.ok(usage.memoryBytes > 2 ** 20 && usage.memoryBytes < limits.memoryBytes, `${usage.memoryBytes}`);
  assert.ok(usage.pids > 3 && usage.cpuMs > 0 && usage.diskBytes > 0 && usage.inodes > 0);
});

test('out of memory is told when it happens', async () => {
  await told('exec 2>/dev/null; busybox dd if=/dev/zero of=/dev/null bs=600M count=1; true', 'memory');
});

test('a fork bomb is told while it lasts', async () => {
  await told(
    `sh -c 'for i in $(seq 500); do sleep 20 & done' 2>/dev/null; sleep 2; pkill sleep; true`,
    'pids',
  );
});
