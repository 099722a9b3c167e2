/** What changes in directories that an exercise asks about is told, by the host's own watches, whatever a learner does. */
import { setTimeout as delay } from 'node:timers/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { FileReport } from '../../protocol/sandbox-looks.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  id = await server.sandbox();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** Follows from when this resolves until the test ends. */
async function followed(...paths: string[]) {
  const stop = new AbortController();
  const reports: FileReport[] = [];
  const arrived = new EventTarget();
  const stream = server.client.followFiles(id, { paths, signal: stop.signal });
  expect(await stream.next()).toEqual({ done: false, value: { paths: [], incomplete: false } });
  const reading = (async () => {
    for await (const report of stream) {
      reports.push(report);
      arrived.dispatchEvent(new Event('report'));
    }
  })().catch((error: unknown) => error);
  onTestFinished(async () => {
    stop.abort();
    await reading;
  });
  return {
    reports,
    /** The next report that names the path, of those from now on. */
    async told(path: string): Promise<void> {
      const from = reports.length;
      while (!reports.slice(from).some((report) => report.paths.includes(path))) {
        await new Promise((resolve) => arrived.addEventListener('report', resolve, { once: true }));
      }
    },
    ended: reading,
  };
}

const run = (script: string) => server.run(id, script);

test.each(['/root/desk/note', '/srv/desk/note', '/tmp/desk/note'])(
  'a file is told of from before its directory is there until after it is gone: %s',
  async (path) => {
    const directory = path.slice(0, path.lastIndexOf('/'));
    const { told } = await followed(path);
    for (const [script, what] of [
      [`mkdir ${directory}`, 'its directory'],
      [`echo one > ${path}`, 'made'],
      [`echo two >> ${path}`, 'written'],
      [`chmod 600 ${path}`, 'its mode'],
      [`mv ${path} ${path}.old`, 'renamed'],
      [`ln -s ${path}.old ${path}`, 'a link'],
      [`echo three > ${path}.old`, 'what the link leads to'],
      [`mv ${directory} ${directory}.old`, 'its directory renamed'],
      [`ln -s ${directory}.old ${directory}`, 'its directory a link'],
      [`rm -r ${directory}.old ${directory}`, 'gone'],
    ] as const) {
      const next = told(path);
      await run(script);
      await expect(next, what).resolves.toBeUndefined();
    }
  },
);

test('what changes in the background is told', async () => {
  const { told } = await followed('/root/late');
  const next = told('/root/late');
  await run('(sleep 0.3; touch /root/late) >/dev/null 2>&1 </dev/null &');
  await next;
});

test('only those of the paths that may have changed are told', async () => {
  const { reports, told } = await followed('/root/one', '/root/two', '/root/three/four');
  const next = told('/root/two');
  await run('touch /root/other; mkdir /root/beside; touch /root/two');
  await next;
  expect(new Set(reports.flatMap(({ paths }) => paths))).toEqual(new Set(['/root/two']));
});

function processorMs(): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

test('a flood of changes is a few reports, and its end is told', async () => {
  const { reports, told } = await followed('/root/flood/watched');
  await run('mkdir -p /root/flood/noise');
  const usedMs = processorMs();
  const { output } = await run(
    `cd /root/flood; timeout 4 perl -e 'while (1) { for my $name ("watched", "a", "b") { open(F, ">", $name); print F "x"; close F; $count += 3; rename("b", "c"); } print STDERR "" ; if (time() != $last) { $last = time(); open(F, ">", "noise/count"); print F $count; close F } }'; cat noise/count`,
  );
  expect(Number(output)).toBeGreaterThan(10_000);
  expect(reports.length).toBeLessThan(20);
  expect(processorMs() - usedMs).toBeLessThan(1_500);
  const next = told('/root/flood/watched');
  await run('rm -r /root/flood');
  await next;
}, 30_000);

test('links, loops and special files planted on the way lead nowhere and harm nothing', async () => {
  const { told } = await followed('/root/way/on/file', '/proc/1/root/x', '/sys/fs/cgroup/x', '/dev/zero');
  for (const script of [
    'ln -s / /root/way',
    'rm /root/way; ln -s way /root/way',
    'rm /root/way; ln -s /proc/1/root /root/way',
    'rm /root/way; mkfifo /root/way',
    'rm /root/way; mkdir -p /root/way; ln -s /dev /root/way/on',
    'rm -r /root/way; mkdir -p /root/way/on; mkfifo /root/way/on/file',
    'rm -r /root/way',
  ]) {
    const next = told('/root/way/on/file');
    await run(script);
    await next;
  }
  expect((await server.client.health()).status).toBe('ok');
});

test('a racing rename of the directory harms nothing, and its end is told', async () => {
  const { told } = await followed('/root/race/file');
  await run(
    `mkdir /root/race; timeout 2 sh -c 'while :; do mv /root/race /root/r; ln -s /etc /root/race; rm /root/race; mv /root/r /root/race; done'; rm -rf /root/race /root/r; true`,
  );
  const next = told('/root/race/file');
  await run('mkdir /root/race; touch /root/race/file');
  await next;
});

test('it takes none of the learner’s own inotify watches, and is bounded in number', async () => {
  const { output } = await run('cat /proc/sys/fs/inotify/max_user_instances');
  expect(Number(output)).toBeGreaterThan(0);
  for (let count = 0; count < 8; count += 1) await followed(`/root/many${count}`);
  const ninth = server.client.followFiles(id, { paths: ['/root/ninth'] });
  await expect(ninth.next()).rejects.toMatchObject({ code: 'TOO_MANY' });
  // Of inotify all that the server has is one instance.
  const links = readdirSync(`/proc/${server.pid}/fdinfo`).filter((fd) => {
    try {
      return readFileSync(`/proc/${server.pid}/fdinfo/${fd}`, 'utf8').includes('inotify wd:');
    } catch {
      return false;
    }
  });
  expect(links).toHaveLength(1);
});

test.each([
  ['none', []],
  ['a relative one', ['root']],
  ['one that goes up', ['/root/../etc']],
  ['too many', Array.from({ length: 33 }, (_, index) => `/${index}`)],
])('%s is refused', async (_name, paths) => {
  await expect(server.client.followFiles(id, { paths }).next()).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('a machine that is stopped ends it', async () => {
  const other = await server.sandbox();
  const stream = server.client.followFiles(other, { paths: ['/root/x', '/srv/y'] });
  await stream.next();
  const next = stream.next();
  await server.client.stop(other);
  expect((await Promise.race([next, delay(10_000)]))?.done).toBe(true);
  await server.client.destroy(other);
});
