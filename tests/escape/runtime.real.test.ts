/** The moment in which the host does something in a sandbox that a learner has prepared: a command, a start, a look. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReadTerminal } from '../read-terminal.ts';
import { EscapeSuite } from './suite.ts';

let suite: EscapeSuite;
let before: Record<string, string>;
beforeAll(async () => {
  suite = await EscapeSuite.start({ containers: false });
  before = suite.look();
});
afterAll(() => suite[Symbol.asyncDispose]());

const newSandbox = async () => (await suite.server.client.create({})).id;

/** Runs at the root, whatever became of the home. */
async function atRoot(id: string, script: string): Promise<string> {
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString('latin1'));
  const request = { argv: ['/bin/sh', '-c', script], cwd: '/' };
  await suite.server.client.exec(id, request, { onStdout: collect, onStderr: collect });
  return output;
}

test('E05 a terminal has nothing open but itself', async () => {
  const { client } = suite.server;
  const terminal = await ReadTerminal.open(client, suite.sandbox);
  await expect.poll(() => terminal.text).toContain('#');
  const inTerminal = "bash -c 'ls /proc/$$/fd' | tr '\\n' ' '";
  terminal.type(`echo o''pen $(${inTerminal}) end\r`);
  await expect.poll(() => terminal.text).toMatch(/open 0 1 2 (3 )?(255 )?end/);
  await client.closeTerminal(suite.sandbox, terminal.id);
});

test('E50 a home that is a link to an open descriptor leads a new command nowhere', async () => {
  const victim = await newSandbox();
  for (let fd = 3; fd < 20; fd += 1) {
    await atRoot(victim, `umount -l /root 2>/dev/null; rm -rf /root; ln -s /proc/self/fd/${fd} /root`);
    // Refused where the home cannot be entered.
    const run = suite.server.run(victim, `cat ../../../../../../../..${suite.world.file} 2>&1`);
    expect((await run.catch(() => ({ output: '' }))).output).not.toContain('alive');
  }
  expect(suite.look()).toEqual(before);
  await suite.server.client.destroy(victim);
});

test('E51 links that change under a command being started lead it nowhere', async () => {
  const victim = await newSandbox();
  const race = `while :; do umount -l /dev/pts /dev/null 2>/dev/null; for t in /proc/sysrq-trigger /proc/sys/kernel/core_pattern ${suite.world.file}; do ln -sfn $t /dev/null; ln -sfn $t /dev/console; ln -sfn $t /dev/pts; done; done`;
  await atRoot(victim, `setsid sh -c '${race}' >/run/log 2>&1 & echo started`);
  for (let round = 0; round < 20; round += 1) {
    const output = await atRoot(victim, 'cat /dev/console /dev/null 2>/dev/null; echo ran').catch(() => '');
    expect(output).not.toContain('alive');
  }
  expect(suite.look()).toEqual(before);
  await suite.server.client.destroy(victim);
});

test('E53 a program that is the runtime itself gets no hold of it (CVE-2019-5736)', async () => {
  const victim = await newSandbox();
  await atRoot(victim, "printf '#!/proc/self/exe\\n' >/bin/evil; chmod 755 /bin/evil");
  const watch = `perl -e 'use Fcntl; for (1..200000) { for my $p (glob "/proc/[0-9]*/exe") { next unless (readlink($p) // "") =~ /runc|crun|memfd/; print "opened $p\\n" if sysopen(my $f, $p, O_WRONLY) } }'`;
  await atRoot(victim, `setsid sh -c "${watch.replaceAll(/["$\\]/g, '\\$&')}" >/run/opened 2>&1 &`);
  for (let round = 0; round < 10; round += 1)
    await suite.server.client.exec(victim, { argv: ['/bin/evil'], cwd: '/' }, {}).catch(() => undefined);
  expect(await atRoot(victim, 'cat /run/opened')).not.toContain('opened');
  expect(suite.look()).toEqual(before);
  await suite.server.client.destroy(victim);
});

test.each(['/dev', '/proc', '/sys', '/run', '/root', '/var/lib/docker', '/etc/resolv.conf'])(
  'E54 a start over %s made a link to the host is refused or stays inside',
  async (path) => {
    const { client } = suite.server;
    const victim = await newSandbox();
    // The upper layer is the learner's: under the mounts anything may lie when the next boot comes.
    const prepare = `mkdir -p /tmp/under; unshare -m sh -c 'umount -l ${path}; true'; cd /; umount -R -l ${path} 2>/dev/null; rm -rf ${path} 2>/dev/null || mv ${path} /tmp/under/; ln -sfn ${suite.world.directory} ${path}; ls -ld ${path}`;
    await atRoot(victim, prepare).catch(() => undefined);
    await client.stop(victim);
    const started = await client.start(victim).then(
      () => true,
      () => false,
    );
    if (started) expect(await atRoot(victim, `ls ${path}/`)).not.toMatch(/^canary$/m);
    expect(suite.look()).toEqual(before);
    await client.destroy(victim);
  },
);

test('G3 a link swapped while it is looked at shows nothing of the host', async () => {
  const { world, server } = suite;
  const id = suite.sandbox;
  const swap = `use strict; symlink "${world.file}", "/root/outside"; open my $f, ">", "/root/inside"; print $f "own"; close $f; while (1) { rename "/root/inside", "/root/look"; link "/root/look", "/root/inside"; symlink "${world.file}", "/root/l"; rename "/root/l", "/root/look"; symlink "/proc/1/root${world.file}", "/root/l"; rename "/root/l", "/root/look" }`;
  await server.run(id, `setsid perl -e '${swap}' >/dev/null 2>&1 &`);
  const alive = Buffer.from('alive').toString('base64');
  for (let round = 0; round < 300; round += 1) {
    const view = await server.client.readFile(id, { path: '/root/look', maxBytes: 64 });
    expect(view.content ?? '').not.toBe(alive);
  }
});

test('X3 as the host sees them, a sandbox’s disk and tree make no device and no one else', () => {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const directory = `${suite.server.runtimeDir}/sb/${suite.sandbox}`;
  const optionsOf = (name: string) =>
    mounts.find((line) => line.split(' ')[4] === `${directory}/${name}`)?.split(' ')[5] ?? '';
  expect(optionsOf('disk')).toMatch(/nosuid.*nodev|nodev.*nosuid/);
  expect(optionsOf('lower')).toMatch(/^ro,.*nodev/);
  expect(existsSync(`${directory}/disk`)).toBe(true);
});

test('E36 a set-user-id program of a learner’s, run by the host’s path, makes nobody anybody else', async () => {
  const program = readFileSync('/usr/bin/id').toString('base64');
  await atRoot(suite.sandbox, `echo ${program} | base64 -d >/root/become; chmod 4755 /root/become`);
  const disk = `${suite.server.runtimeDir}/sb/${suite.sandbox}/disk`;
  const found = execFileSync('find', [disk, '-name', 'become'], { encoding: 'utf8' }).trim();
  expect(statSync(found)).toMatchObject({ mode: 0o104755, uid: expect.any(Number) });
  expect(statSync(found).uid).toBeGreaterThan(65_535);
  // By its descriptor, since nobody cannot walk there.
  const file = openSync(found, 'r');
  const run = spawnSync('sh', ['-c', 'exec /proc/self/fd/3 -u'], {
    uid: 65_534,
    stdio: ['ignore', 'pipe', 'pipe', file],
  });
  closeSync(file);
  expect(String(run.stdout), String(run.stderr)).toBe('65534\n');
});
