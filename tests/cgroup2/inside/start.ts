import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runCheck, type Check } from '../../../host/doctor/check.ts';
import { capabilitiesCheck } from '../../../host/doctor/checks/capabilities.ts';
import { cgroupsCheck } from '../../../host/doctor/checks/cgroups.ts';
import { idmappedMountsCheck } from '../../../host/doctor/checks/idmapped-mounts.ts';
import { kernelCheck } from '../../../host/doctor/checks/kernel.ts';
import { loopDevicesCheck } from '../../../host/doctor/checks/loop-devices.ts';
import { networkNamespacesCheck } from '../../../host/doctor/checks/network-namespaces.ts';
import { overlayfsCheck } from '../../../host/doctor/checks/overlayfs.ts';
import { runtimeCheck } from '../../../host/doctor/checks/runtime.ts';
import { userNamespacesCheck } from '../../../host/doctor/checks/user-namespaces.ts';
import { doctorContext } from './doctor-context.ts';
import { client, hostWithoutSandboxes, inside, launch, leftovers, theSandbox } from './server.ts';

test('the host has cgroup v2 with nsdelegate and no other hierarchy', () => {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const cgroups = mounts.filter((line) => / - cgroup2? /.test(line));
  assert.equal(cgroups.length, 1, cgroups.join('\n'));
  assert.match(cgroups[0] ?? '', / \/sys\/fs\/cgroup .* - cgroup2 .*nsdelegate/);
});

const suitable: Check<never>[] = [
  kernelCheck,
  capabilitiesCheck,
  userNamespacesCheck,
  networkNamespacesCheck,
  overlayfsCheck,
  idmappedMountsCheck,
  loopDevicesCheck,
  cgroupsCheck,
  runtimeCheck,
] as Check<never>[];

test('the doctor finds it suitable', async () => {
  const context = { ...doctorContext, runtime: 'runc' as const };
  const rows = await Promise.all(suitable.map((check) => runCheck(check, context)));
  assert.deepEqual(
    rows.filter(({ status }) => status !== 'ok'),
    [],
  );
});

test('the sandbox-server starts', async () => {
  await launch();
  assert.equal((await client.health()).status, 'ok');
  Object.assign(hostWithoutSandboxes, leftovers());
});

test('a sandbox is made and Docker gets ready in it', async () => {
  const id = await theSandbox();
  const { status, docker } = await client.view(id);
  assert.deepEqual({ status, docker }, { status: 'running', docker: 'ready' });
});

test('a command runs, and ends with its own status', async () => {
  const chunks: Buffer[] = [];
  const request = { argv: ['/bin/bash', '-c', 'cat; exit 7'], stdin: 'hello' };
  const onStdout = (chunk: Buffer) => {
    chunks.push(chunk);
  };
  const { exitCode } = await client.exec(await theSandbox(), request, { onStdout });
  assert.deepEqual([Buffer.concat(chunks).toString(), exitCode], ['hello', 7]);
});

test('PID 1, commands and Docker are in a leaf of their own, so that the root may have children', async () => {
  assert.equal(await inside('cat /proc/self/cgroup'), '0::/init');
  assert.equal(await inside('cat /sys/fs/cgroup/cgroup.procs'), '');
  assert.equal(await inside('cat /sys/fs/cgroup/cgroup.type'), 'domain');
  const names = (await inside('cat /sys/fs/cgroup/cgroup.subtree_control')).split(' ');
  for (const name of ['cpu', 'io', 'memory', 'pids']) assert.ok(names.includes(name), names.join(' '));
});

test('Docker uses cgroup v2 through cgroupfs, overlay2, and misses nothing of it', async () => {
  const format = '{{.CgroupVersion}} {{.CgroupDriver}} {{.Driver}}{{range .Warnings}}\\n{{.}}{{end}}';
  const [found, ...warnings] = (await inside(`docker info --format '${format}'`)).split('\\n');
  assert.equal(found, '2 cgroupfs overlay2');
  // That br_netfilter is missing is meant: it would concern the host's own bridges.
  assert.deepEqual(
    warnings.filter((warning) => !warning.includes('bridge-nf-call')),
    [],
  );
});

test('docker run pulls through the gateway', async () => {
  const output = await inside('docker run -d --name web busybox sleep 900 2>&1; docker exec web echo hi');
  assert.match(output, /Unable to find image 'busybox:latest' locally/);
  assert.match(output, /^hi$/m);
});
