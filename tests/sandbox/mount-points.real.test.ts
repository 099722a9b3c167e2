/** A learner who replaces what is mounted on: the machine starts again, and nobody follows their links out of it. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
/** Of the host, and open to everybody: whoever follows a link to it can write there. */
let lure: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  lure = mkdtempSync(join(tmpdir(), 'camp-lure-'));
  chmodSync(lure, 0o777);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  rmSync(lure, { recursive: true, force: true });
});

/** /proc last: umount looks there for what is mounted. */
const names = ['sys', 'run', 'dev', 'root', 'proc'];
const replaceBy = (make: (name: string) => string): string =>
  `cd /; ${names.map((name) => `umount -l /${name}; mv /${name} /old-${name}; ${make(name)}`).join('; ')}; echo replaced`;

const replacements: [string, (name: string) => string][] = [
  ['a link to a directory of the host', (name) => `ln -s ${'LURE'} /${name}`],
  ['a link that leads nowhere', (name) => `ln -s /nowhere /${name}`],
  ['a link to another of them', (name) => `ln -s /${name === 'dev' ? 'proc' : 'dev'} /${name}`],
  ['a file', (name) => `echo mine >/${name}`],
  ['nothing', () => 'true'],
];

test.each(replacements)('each of them is %s', async (_, make) => {
  const id = await server.sandbox();
  await server.run(id, 'echo kept > /root/note; sync');
  const { output } = await server.run(
    id,
    replaceBy((name) => make(name).replace('LURE', lure)),
  );
  expect(output).toMatch(/^replaced$/m);
  await server.client.stop(id);
  await server.client.start(id);
  expect(await server.client.view(id, { docker: 'wait' })).toMatchObject({ docker: 'ready' });
  const looks = await server.run(
    id,
    'cat /root/note; stat -c %F /proc /sys /dev /run /root | sort | uniq -c; docker run --rm busybox echo whole',
  );
  expect(looks.output).toMatch(/^kept\n\s+5 directory\n(.*\n)*whole\n$/);
  expect(readdirSync(lure)).toEqual([]);
  await server.client.destroy(id);
});
