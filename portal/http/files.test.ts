import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fileTransferLimits } from '../../protocol/file-transfer.ts';
import { PortalFixture } from '../portal.fixture.ts';

/** A machine whose commands run here, with a directory for it. */
async function machine() {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  portal.server.sandbox.runsCommands = true;
  const directory = mkdtempSync(join(tmpdir(), 'files-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const put = (query: Record<string, string>, body: BodyInit = 'content') =>
    browser.request('PUT', `/api/files?${new URLSearchParams(query)}`, { body });
  const get = (query: Record<string, string>) => browser.get(`/api/files?${new URLSearchParams(query)}`);
  return { portal, browser, directory, put, get };
}

test('a file is put into a directory, byte for byte, and comes back so', async () => {
  const { directory, put, get } = await machine();
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
  const answer = await put({ directory, name: 'ein Bild.png' }, bytes);
  expect([answer.status, answer.json]).toEqual([201, { path: `${directory}/ein Bild.png`, bytes: 300_000 }]);
  expect(readFileSync(join(directory, 'ein Bild.png')).equals(bytes)).toBe(true);
  const back = await get({ path: `${directory}/ein Bild.png` });
  expect(back.headers.get('content-length')).toBe('300000');
  expect(back.headers.get('content-disposition')).toBe(
    `attachment; filename="ein Bild.png"; filename*=UTF-8''ein%20Bild.png`,
  );
  expect(back.headers.get('x-content-type-options')).toBe('nosniff');
  expect(back.headers.get('content-type')).toBe('application/octet-stream');
  expect(readdirSync(directory)).toEqual(['ein Bild.png']);
});

test('an empty file, and names that look like options', async () => {
  const { directory, put, get } = await machine();
  for (const name of ['-rf', '--help', "it's $(id)", 'ü\n']) {
    expect((await put({ directory, name }, name)).status, name).toBe(201);
    expect((await get({ path: `${directory}/${name}` })).text).toBe(name);
  }
  expect((await put({ directory, name: 'empty' }, '')).json.bytes).toBe(0);
  expect((await get({ path: `${directory}/empty` })).text).toBe('');
});

test('what is there is replaced only when asked, and a link is never followed', async () => {
  const { directory, put } = await machine();
  writeFileSync(join(directory, 'outside'), 'precious');
  symlinkSync(join(directory, 'outside'), join(directory, 'link'));
  mkdirSync(join(directory, 'folder'));
  for (const name of ['outside', 'link', 'folder'])
    expect((await put({ directory, name })).json.error.code, name).toBe('FILE_EXISTS');
  expect((await put({ directory, name: 'folder', replace: '1' })).json.error.code).toBe('FILE_EXISTS');
  expect((await put({ directory, name: 'link', replace: '1' }, 'new')).status).toBe(201);
  expect(readFileSync(join(directory, 'outside'), 'utf8')).toBe('precious');
  expect(readFileSync(join(directory, 'link'), 'utf8')).toBe('new');
});

test.each<[string, Record<string, string>, string]>([
  ['a path for a name', { directory: '/tmp', name: '../x' }, 'BAD_REQUEST'],
  ['a name of dots', { directory: '/tmp', name: '..' }, 'BAD_REQUEST'],
  ['a name with a NUL', { directory: '/tmp', name: 'a\0b' }, 'BAD_REQUEST'],
  ['a name too long', { directory: '/tmp', name: 'ü'.repeat(200) }, 'BAD_REQUEST'],
  ['no place', { name: 'x' }, 'BAD_REQUEST'],
  ['two places', { directory: '/tmp', terminal: 'abcdefghijkl', name: 'x' }, 'BAD_REQUEST'],
  ['a place that is not absolute', { directory: 'tmp', name: 'x' }, 'BAD_REQUEST'],
  ['a directory that is not there', { directory: '/nowhere/at/all', name: 'x' }, 'FILE_MISSING'],
  ["a terminal that is not the learner's", { terminal: 'abcdefghijkl', name: 'x' }, 'TERMINAL_GONE'],
])('an upload to %s is refused', async (_name, query, code) => {
  const { put } = await machine();
  expect((await put(query)).json.error.code).toBe(code);
});

test.each<[string, string, string]>([
  ['nothing', '/nowhere/at/all', 'FILE_MISSING'],
  ['a directory', '/tmp', 'FILE_REFUSED'],
  ['an endless device', '/dev/zero', 'FILE_REFUSED'],
  ['a relative path without a terminal', 'x', 'BAD_REQUEST'],
])('a download of %s is refused', async (_name, path, code) => {
  const { get } = await machine();
  expect((await get({ path })).json.error.code).toBe(code);
});

test('a file that says it is empty is read as far as it goes', async () => {
  const { get } = await machine();
  const answer = await get({ path: '/proc/version' });
  expect(answer.text).toMatch(/^Linux/);
  expect(answer.headers.get('content-length')).toBe(null);
});

test('the working directory of a terminal is where it said it is', async () => {
  const { portal, browser, directory, put, get } = await machine();
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  portal.server.sandbox.terminals.get(id)?.print(`\x1b]7;file://camp${directory}\x07# `);
  expect((await put({ terminal: id, name: 'here' })).json.path).toBe(`${directory}/here`);
  expect((await get({ terminal: id, path: 'here' })).text).toBe('content');
});

test('an upload that is cut leaves nothing', async () => {
  const { portal, browser, directory } = await machine();
  const outgoing = request(`${portal.origin}/api/files?${new URLSearchParams({ directory, name: 'half' })}`, {
    method: 'PUT',
    headers: { origin: portal.origin, cookie: browser.cookie, 'content-length': 1_000_000 },
  });
  outgoing.on('error', () => {});
  outgoing.write(Buffer.alloc(200_000));
  await vi.waitFor(() => expect(readdirSync(directory)).toHaveLength(1), { timeout: 20_000 });
  outgoing.destroy();
  await vi.waitFor(() => expect(readdirSync(directory)).toEqual([]), { timeout: 20_000 });
});

test('a length that is missing or beyond the bound is refused before a byte is read', async () => {
  const { portal, browser, directory } = await machine();
  for (const [length, code] of [
    [undefined, 'BAD_REQUEST'],
    [fileTransferLimits.maxUploadBytes + 1, 'FILE_TOO_LARGE'],
  ] as const) {
    const text = await new Promise<string>((resolve, reject) => {
      const url = `${portal.origin}/api/files?${new URLSearchParams({ directory, name: 'x' })}`;
      const headers = { origin: portal.origin, cookie: browser.cookie };
      const outgoing = request(
        url,
        { method: 'PUT', headers: { ...headers, ...(length && { 'content-length': length }) } },
        (answer) => {
          let body = '';
          answer
            .on('data', (chunk: Buffer) => (body += chunk.toString()))
            .on('end', () => {
              outgoing.destroy();
              resolve(body);
            });
        },
      );
      outgoing.on('error', reject).write('x');
    });
    expect(JSON.parse(text).error.code).toBe(code);
  }
  expect(readdirSync(directory)).toEqual([]);
});

test('no more transfers at once than a learner may have', async () => {
  const { portal, browser, directory, put } = await machine();
  const held = Array.from({ length: fileTransferLimits.transfersPerLearner }, (_, index) => {
    const query = new URLSearchParams({ directory, name: `slow-${index}` });
    const outgoing = request(`${portal.origin}/api/files?${query}`, {
      method: 'PUT',
      headers: { origin: portal.origin, cookie: browser.cookie, 'content-length': 10 },
    });
    outgoing.on('error', () => {});
    outgoing.write('x');
    return outgoing;
  });
  await vi.waitFor(() => expect(readdirSync(directory)).toHaveLength(held.length), { timeout: 20_000 });
  expect((await put({ directory, name: 'more' })).json.error.code).toBe('TOO_MANY');
  for (const one of held) one.destroy();
  await vi.waitFor(async () => expect((await put({ directory, name: 'more' })).status).toBe(201), {
    timeout: 20_000,
  });
});

test('a machine that does not run moves nothing', async () => {
  const { portal, directory, put } = await machine();
  portal.server.sandbox.status = 'stopped';
  expect((await put({ directory, name: 'x' })).json.error.code).toBe('SANDBOX_NOT_RUNNING');
});
