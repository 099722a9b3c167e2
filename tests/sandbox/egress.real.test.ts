/** The egress proxy from a learner's shell, with an internet of the test's own behind it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { ownAddress, SmallInternet } from './small-internet.ts';

const mirror = '203.0.113.80';
/** Names an operator allowed, and where whoever rules their DNS leads them. */
const inward: Record<string, string[]> = {
  'metadata.test': ['169.254.169.254'],
  'private.test': ['10.1.2.3'],
  'home.test': ['192.168.7.7'],
  'carrier.test': ['100.100.100.200'],
  'loopback.test': ['127.0.0.1'],
  'own.test': [ownAddress],
  'zero.test': ['0.0.0.0'],
  'mapped.test': ['::ffff:169.254.169.254'],
  'translated.test': ['64:ff9b::a9fe:a9fe'],
  'unique-local.test': ['fd00:ec2::254'],
  'loopback6.test': ['::1'],
};
const names = {
  ...Object.fromEntries(Object.entries(inward).map(([name, addresses]) => [name, [addresses]])),
  'mirror.test': [[mirror]],
  'mixed.test': [['10.1.2.3', mirror, '169.254.169.254']],
  'rebind.test': [[mirror], ['10.1.2.3']],
};

let internet: SmallInternet;
let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  internet = await SmallInternet.start({ names, addresses: [] });
  server = await RunningSandboxServer.start({
    within: internet.within,
    packageHosts: [...Object.keys(names), 'absent.test'],
    limits: { egressBytesPerMinute: 8 * 1024 ** 2 },
  });
  id = await server.sandbox();
});
afterAll(async () => {
  try {
    await server?.[Symbol.asyncDispose]();
  } finally {
    await internet?.[Symbol.asyncDispose]();
  }
});

async function curl(url: string, ...options: string[]) {
  const words = ['curl', '-sS', '-m', '20', '-w', "'\\n%{http_code}'", ...options, url].join(' ');
  const { output, exitCode } = await server.run(id, `${words} 2>&1`);
  const lines = output.trimEnd().split('\n');
  return { status: Number(lines.at(-1)), body: lines.slice(0, -1).join('\n'), exitCode };
}

test('a package source is reached, and the connection written down with its bytes', async () => {
  internet.reached.length = 0;
  expect(await curl('http://mirror.test/')).toMatchObject({
    status: 200,
    body: expect.stringContaining(mirror),
  });
  await curl('https://mirror.test/', '-k');
  expect(internet.reached).toEqual([
    { port: 80, address: mirror },
    { port: 443, address: mirror },
  ]);
  await expect
    .poll(async () => (await server.client.egress()).hosts.find(({ host }) => host === 'mirror.test'))
    .toMatchObject({ connections: 2, bytesIn: expect.any(Number) });
  const { sandboxes } = await server.client.egress();
  expect(sandboxes).toMatchObject([{ id, connections: 2 }]);
  expect(sandboxes[0]?.bytesIn).toBeGreaterThan(100);
  const lines = server.log.split('\n').filter((line) => line.includes('"host":"mirror.test"'));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { sandboxId: id, egress: { protocol: 'http', address: mirror, refused: null } },
    { sandboxId: id, egress: { protocol: 'tls', address: mirror, refused: null } },
  ]);
});

test.each(Object.keys(inward))(
  '%s, which leads inwards, is refused and nothing there hears of it',
  async (name) => {
    internet.reached.length = 0;
    expect(await curl(`http://${name}/`)).toMatchObject({
      status: 403,
      body: expect.stringContaining(`${name} leads into the network`),
    });
    expect((await curl(`https://${name}/`, '-k')).exitCode).not.toBe(0);
    expect(internet.reached).toEqual([]);
  },
);

test('of several addresses only a public one is taken', async () => {
  internet.reached.length = 0;
  expect((await curl('http://mixed.test/')).status).toBe(200);
  expect(internet.reached).toEqual([{ port: 80, address: mirror }]);
});

test('a name that is answered anew for each question is never followed inwards', async () => {
  internet.reached.length = 0;
  expect((await curl('http://rebind.test/')).status).toBe(200);
  await expect.poll(async () => (await curl('http://rebind.test/')).status, { timeout: 30_000 }).toBe(403);
  expect(new Set(internet.reached.map(({ address }) => address))).toEqual(new Set([mirror]));
});

test('a name that does not resolve, and a host that is not allowed, are told apart', async () => {
  expect(await curl('http://absent.test/')).toMatchObject({
    status: 502,
    body: expect.stringContaining('absent.test was not found'),
  });
  expect(await curl('http://mirror.test/', '-H', "'Host: 10.1.2.3'")).toMatchObject({
    status: 403,
    body: expect.stringContaining('not among the package sources'),
  });
  expect((await server.run(id, 'getent hosts elsewhere.test')).exitCode).not.toBe(0);
});

test('beyond its bytes of a minute a machine is told to wait, and the others are not', async () => {
  const greedy = id;
  const { exitCode } = await curl('http://mirror.test/big', '-o', '/dev/null');
  expect(exitCode).not.toBe(0);
  const told = await curl('http://mirror.test/');
  expect(told.status).toBe(429);
  expect(told.body).toMatch(/8 MiB a minute to and from package sources.*Try again in \d+ seconds/);
  expect((await curl('https://mirror.test/', '-k')).exitCode).not.toBe(0);
  await expect
    .poll(async () => (await server.client.egress()).sandboxes.find((one) => one.id === greedy))
    .toMatchObject({ limitReached: { limit: 'bytesPerMinute', at: expect.any(String) } });

  id = await server.sandbox();
  expect((await curl('http://mirror.test/')).status).toBe(200);
  await server.client.destroy(greedy);
  expect((await server.client.egress()).sandboxes.map((one) => one.id)).toEqual([id]);
});

test('network none: no proxy at all', async () => {
  internet.reached.length = 0;
  const { id: alone } = await server.client.create({ network: 'none' });
  const { exitCode } = await server.run(alone, 'curl -sS -m 3 --connect-to ::10.77.0.1: http://mirror.test/');
  expect(exitCode).not.toBe(0);
  expect(internet.reached).toEqual([]);
  await server.client.destroy(alone);
});
