/**
 * What root inside may not do, tried twice: in the learner's own shell, and in a container that was given everything
 * there is to give. Names of cases are those of the project's threat table. The host is compared before and after.
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { HostCanary } from './host-canary.ts';
import { escapes } from './escapes.ts';

let server: RunningSandboxServer;
let id: string;
let canary: HostCanary;
let before: Record<string, string>;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  id = await server.sandbox();
  await server.run(id, 'docker pull -q debian:trixie-slim');
  canary = new HostCanary();
  before = canary.look();
});
afterAll(async () => {
  canary[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const privileged =
  'docker run --rm -i --privileged --pid=host --net=host --security-opt seccomp=unconfined --cap-add ALL -v /:/host debian:trixie-slim bash';

/** Standard output and error of a script, in the learner's shell and in the most powerful container they can make. */
const places: Record<string, (script: string) => Promise<string>> = {
  'the shell': async (script) => (await server.run(id, script)).output,
  'a privileged container': async (script) => {
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString('latin1'));
    const request = { argv: ['/bin/sh', '-c', privileged], stdin: script };
    await server.client.exec(id, request, { onStdout: collect, onStderr: collect });
    return output;
  },
};

for (const [place, run] of Object.entries(places)) {
  // Elsewhere the system calls have other numbers.
  test.skipIf(process.arch !== 'x64').each(escapes)(
    `$name (in ${place})`,
    async ({ script, expect: wanted, never }) => {
      // One stream, so that the order of what is said is the order it happened in.
      const output = await run(`exec 2>&1; ${script}`);
      if (wanted !== undefined) expect(output).toMatch(wanted);
      if (never !== undefined) expect(output).not.toMatch(never);
      expect(canary.look()).toEqual(before);
    },
  );
}

const initPid = () => Number(readFileSync(`${server.runtimeDir}/sb/${id}/init.pid`, 'utf8'));

test('E01, E02 ids: one range of 65,536, a multiple of that, none of them the host’s', async () => {
  const { output } = await server.run(id, 'cat /proc/self/uid_map /proc/self/gid_map');
  const lines = output
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  expect(lines).toHaveLength(2);
  for (const [inside, outside, count] of lines) {
    expect([inside, count]).toEqual([0, 65_536]);
    expect((outside as number) % 65_536).toBe(0);
    expect(outside).toBeGreaterThan(0);
  }
  const uids = /^Uid:\s+(.*)$/m
    .exec(readFileSync(`/proc/${initPid()}/status`, 'utf8'))?.[1]
    ?.split('\t')
    .map(Number);
  expect(new Set(uids)).toEqual(new Set([lines[0]?.[1]]));
});

test('E03 two sandboxes share no id, and neither sees the other', async () => {
  const other = await server.sandbox();
  const maps = await Promise.all(
    [id, other].map(async (one) => (await server.run(one, 'cat /proc/self/uid_map')).output),
  );
  expect(maps[0]).not.toBe(maps[1]);
  await server.run(other, 'setsid sleep 31337 >/dev/null 2>&1 &');
  expect((await server.run(id, 'pgrep -fc "^sleep 31337"')).output).toBe('0\n');
  await server.client.destroy(other);
});

test('E05 nothing is open but the standard streams: in PID 1, a command, a terminal', async () => {
  const list = 'for p in /proc/1 /proc/self; do for f in $p/fd/*; do readlink $f; done; done';
  const { output } = await server.run(id, list);
  for (const line of output.trim().split('\n'))
    expect(line).toMatch(
      /^(pipe:|\/dev\/null|\/dev\/pts|\/proc\/|\/run\/chrootcamp|.*console\.log|\/console\.log)/,
    );
  const inTerminal = "bash -c 'ls /proc/$$/fd' | tr '\\n' ' '";
  const { id: terminalId } = await server.client.openTerminal(id, { cols: 80, rows: 24 });
  let text = '';
  const attachment = server.client.attachTerminal(
    id,
    terminalId,
    { from: 0 },
    {
      onHello: () => undefined,
      onOutput: (bytes) => (text += bytes.toString('latin1')),
      onExit: () => undefined,
      onClose: () => undefined,
    },
  );
  await expect.poll(() => text).toContain('#');
  attachment.write(Buffer.from(`echo o''pen $(${inTerminal}) end\r`));
  await expect.poll(() => text).toMatch(/open 0 1 2 (3 )?(255 )?end/);
  await server.client.closeTerminal(id, terminalId);
});

test('E07 no namespace of process 1 is the host’s', () => {
  for (const kind of ['user', 'pid', 'mnt', 'net', 'ipc', 'uts', 'cgroup'])
    expect(readlinkSync(`/proc/${initPid()}/ns/${kind}`)).not.toBe(readlinkSync(`/proc/self/ns/${kind}`));
});

test('E19, E24 neither mounts nor cgroups tell of the host’s layout', async () => {
  const { output } = await server.run(
    id,
    'cat /proc/self/cgroup; cat /proc/self/cgroup | grep -c chrootcamp',
  );
  expect(output).toMatch(/^0\n$/m);
  expect(output).not.toContain(server.instance);
});

test('E21 no device is allowed to the cgroup', async () => {
  const { output } = await server.run(
    id,
    'for f in $(find /sys/fs/cgroup -name devices.allow); do echo "c 1:1 rwm" > $f && echo wrote; done; echo end',
  );
  expect(output).toMatch(/end/);
  expect(output).not.toMatch(/^wrote$/m);
});

test('E50 a home that is a link to an open descriptor leads a new command nowhere', async () => {
  const victim = await server.sandbox();
  for (let fd = 3; fd < 20; fd += 1) {
    // Left in place by a script that outlives the command that set it.
    await server
      .run(victim, `umount -l /root 2>/dev/null; rm -rf /root; ln -s /proc/self/fd/${fd} /root`)
      .catch(() => undefined);
    const { output } = await server.run(
      victim,
      `cat ../../../../../../../..${canary.file} 2>&1; rm -f /root; mkdir -p /root`,
    );
    expect(output).not.toContain('alive');
    // Where the home could not be entered, put it right from a place that can.
    const request = { argv: ['/bin/sh', '-c', 'rm -f /root; mkdir -p /root'], cwd: '/' };
    await server.client.exec(victim, request);
  }
  expect(canary.look()).toEqual(before);
  await server.client.destroy(victim);
});

test('E55 the whole of the host, as Docker gives it, is the sandbox', async () => {
  const { output } = await server.run(
    id,
    `docker run --rm --privileged --pid=host --net=host -v /:/host debian:trixie-slim chroot /host sh -c 'hostname; ls ${canary.directory}; cat ${canary.file}; ps -e | wc -l'`,
  );
  expect(output).toMatch(/^camp$/m);
  expect(output).not.toContain('alive');
  expect(canary.look()).toEqual(before);
});
