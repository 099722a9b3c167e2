import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { PortalFixture } from '../portal.fixture.ts';
import { contentSecurityPolicyOf } from './content-security-policy.ts';

/** As bytes, undecoded. */
async function get(
  portal: PortalFixture,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ port: portal.portal.port, path, headers, method }, resolve).on('error', reject).end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
}

test('pages are at clean addresses', async () => {
  const portal = await PortalFixture.start();
  expect((await get(portal, '/')).body.toString()).toContain('<title>Home</title>');
  const lesson = await get(portal, '/before-docker/chroot/?from=home');
  expect([lesson.status, lesson.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  const short = await get(portal, '/before-docker/chroot?from=home');
  expect([short.status, short.headers.location]).toEqual([308, '/before-docker/chroot/?from=home']);
});

test.each([
  '/nothing',
  '/../portal.db',
  '/%2e%2e/%2e%2e/etc/passwd',
  '//evil.example',
  '/before-docker',
  '/%00',
  '/.',
])('%s is not here', async (path) => {
  const portal = await PortalFixture.start();
  const answer = await get(portal, path);
  expect(answer.status).toBe(404);
  expect(answer.body.toString()).toContain('Not here');
});

test('what is not here is said in the language of its address', async () => {
  const portal = await PortalFixture.start();
  for (const [path, said] of [
    ['/de/nothing/at/all', 'Nicht hier'],
    ['/de/', 'Nicht hier'],
    ['/xx/nothing', 'Not here'],
    ['/__proto__/nothing', 'Not here'],
  ] as const) {
    const answer = await get(portal, path);
    expect([answer.status, answer.body.toString()]).toEqual([404, expect.stringContaining(said)]);
  }
});

test('what Astro named by its content is kept for ever, pages are asked for each time', async () => {
  const portal = await PortalFixture.start();
  expect((await get(portal, '/_astro/a.abc.js')).headers['cache-control']).toBe(
    'public, max-age=31536000, immutable',
  );
  const page = await get(portal, '/');
  expect(page.headers['cache-control']).toBe('no-cache');
  const again = await get(portal, '/', { 'if-none-match': `"other", W/${page.headers.etag}` });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

test('text is compressed as the browser can take it', async () => {
  const portal = await PortalFixture.start();
  const path = '/_astro/a.abc.js';
  const plain = await get(portal, path);
  const brotli = await get(portal, path, { 'accept-encoding': 'gzip, deflate, br' });
  const gzip = await get(portal, path, { 'accept-encoding': 'gzip;q=0.5, br;q=0' });
  expect([plain, brotli, gzip].map((one) => one.headers['content-encoding'])).toEqual([
    undefined,
    'br',
    'gzip',
  ]);
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
  expect(gunzipSync(gzip.body)).toEqual(plain.body);
  expect(new Set([plain, brotli, gzip].map((one) => one.headers.etag)).size).toBe(3);
  const head = await get(portal, path, {}, 'HEAD');
  expect([head.body.length, head.headers['content-length']]).toEqual([0, String(plain.body.length)]);
});

test('a page may run its own scripts and no others', async () => {
  const portal = await PortalFixture.start();
  const { headers } = await get(portal, '/');
  const hash = createHash('sha256').update('let home = 1;').digest('base64');
  expect(headers['content-security-policy']).toContain(
    `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`,
  );
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect((await get(portal, '/favicon.svg')).headers['content-security-policy']).toContain(
    "default-src 'none'",
  );
});

test('only scripts in the page itself are allowed by their hash', () => {
  const policy = contentSecurityPolicyOf(
    '<script src="/a.js">x</script><SCRIPT type="module">\nb()\n</script >',
  );
  expect(policy.match(/sha256-/g)).toHaveLength(1);
  expect(policy).toContain(createHash('sha256').update('\nb()\n').digest('base64'));
});
