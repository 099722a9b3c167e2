/** The same by crun instead of runc: a server of its own, and one sandbox from its making to its end. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { runCheck } from '../../../host/doctor/check.ts';
import { runtimeCheck } from '../../../host/doctor/checks/runtime.ts';
import { ReadTerminal } from '../../read-terminal.ts';
import { client, dockerReady, kill, launch, leftovers, limits, run, sandbox, shutDown } from './server.ts';
import { doctorContext } from './doctor-context.ts';
import { settled } from './settled.ts';

const runtime = 'crun' as const;
let id = '';
let before: Partial<ReturnType<typeof leftovers>> = {};
const inside = async (script: string): Promise<string> => (await run(id, script)).output.trim();

test('crun: the doctor finds it suitable', async () => {
  const row = await runCheck(runtimeCheck, { ...doctorContext, runtime });
  assert.equal(row.status, 'ok', JSON.stringify(row));
});

test('crun: a sandbox is made, and Docker gets ready in it', async () => {
  await launch({ runtime });
  before = leftovers();
  id = await sandbox();
  assert.match(await inside('docker run --rm busybox echo hi 2>&1'), /^hi$/m);
});

test('crun: a command runs with its input, and ends with its own status', async () => {
  const chunks: Buffer[] = [];
  const request = { argv: ['/bin/bash', '-c', 'cat; exit 7'], stdin: 'hello' };
  const onStdout = (chunk: Buffer) => void chunks.push(chunk);
  const { exitCode } = await client.exec(id, request, { onStdout });
  assert.deepEqual([Buffer.concat(chunks).toString(), exitCode], ['hello', 7]);
});

test('crun: a terminal has its size, and follows a new one', async () => {
  const terminal = await ReadTerminal.open(client, id);
  const sees = async (words: RegExp) =>
    assert.ok(await settled(() => words.test(terminal.text)), terminal.text.slice(-2_000));
  terminal.type('stty size\r');
  await sees(/24 80/);
  terminal.resize(101, 33);
  terminal.type('stty size\r');
  await sees(/33 101/);
  await client.closeTerminal(id, terminal.id);
});

test('crun: limits hold, the learner’s own and those of the machine', async () => {
  const hungry = 'exec 2>/dev/null; busybox dd if=/dev/zero of=/dev/null bs=600M count=1; echo $?';
  assert.equal(await inside(hungry), '137');
  assert.match(await inside("sh -c 'for i in $(seq 500); do sleep 3 & done' 2>&1 | tail -1"), /Cannot fork/);
  assert.equal(
    await inside('pkill sleep; docker run --rm -m 64m busybox cat /sys/fs/cgroup/memory.max'),
    '67108864',
  );
  assert.equal((await client.usage(id)).memoryLimitBytes, limits.memoryBytes);
  assert.match(await inside('echo max > /sys/fs/cgroup/memory.max'), /Permission denied/);
});

test('crun: a network namespace made by hand is entered by nsenter; ip netns exec would take a second sysfs', async () => {
  const output = await inside(`ip netns add blue; nsenter --net=/run/netns/blue ip -br link | cut -d" " -f1
    ip netns exec blue true; ip netns del blue`);
  assert.equal(output, 'lo\nmount of /sys failed: Operation not permitted');
});

test('crun: a killed server finds it again; stopped and started it has its files and images', async () => {
  await inside('echo kept > /root/note; sync');
  const { bootId } = await client.view(id);
  await kill();
  await launch({ runtime });
  assert.deepEqual((await client.view(id)).bootId, bootId);
  assert.equal((await client.stop(id)).status, 'stopped');
  await client.start(id);
  await dockerReady(id);
  assert.equal(await inside('cat /root/note; docker images --format "{{.Repository}}"'), 'kept\nbusybox');
});

test('crun: destroyed and shut down, nothing is left', async () => {
  await client.destroy(id);
  await settled(() => isDeepStrictEqual(leftovers(), before));
  assert.deepEqual(leftovers(), before);
});

// Whatever failed: the guest would wait for a server that lives.
after(shutDown);
