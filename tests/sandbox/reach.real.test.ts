import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  id = await server.sandbox();
});
afterAll(() => server[Symbol.asyncDispose]());

test('package sources work inside and in a Dockerfile, with no proxy set', async () => {
  const script = `env | grep -ci proxy; apt-get update 2>&1 | tail -1
    mkdir app && cd app && printf 'FROM debian:trixie-slim\\nRUN apt-get update && apt-get install -y --no-install-recommends tree\\n' > Dockerfile
    docker build -q -t with-tree . && docker run --rm with-tree tree --version`;
  const { output, exitCode } = await server.run(id, script, 110_000);
  expect(output).toMatch(/^0$/m);
  expect(output).toMatch(/^tree v/m);
  expect(exitCode).toBe(0);
});

test('every other name is unknown at once', async () => {
  const { output } = await server.run(
    id,
    'time -p getent hosts example.org; getent hosts metadata.google.internal; echo end',
  );
  expect(output).toMatch(/real 0\.\d+/);
  expect(output).not.toMatch(/\d+\.\d+\.\d+\.\d+\s/);
});

test('the host cannot be reached by any address', async () => {
  const host = createServer((_, response) => response.end('the host answered'));
  await new Promise<void>((resolve) => host.listen(0, '0.0.0.0', resolve));
  const { port } = host.address() as { port: number };
  try {
    const targets = ['127.0.0.1', '10.77.0.1', '172.17.0.1', '169.254.169.254'].map(
      (ip) => `http://${ip}:${port}/`,
    );
    const { output } = await server.run(id, `for u in ${targets.join(' ')}; do curl -sS -m 2 $u; done 2>&1`);
    expect(output).not.toContain('the host answered');
    expect(output.trim().split('\n')).toHaveLength(targets.length);
  } finally {
    host.close();
  }
});

test('the egress proxy refuses other names, and allowed names that lead inwards', async () => {
  await using lured = await RunningSandboxServer.start({ packageHosts: ['localhost'] });
  const sandbox = await lured.sandbox();
  const { output } = await lured.run(
    sandbox,
    `curl -s -m 5 -o /dev/null -w '%{http_code} ' http://10.77.0.1/ -H 'Host: example.org'
     curl -s -m 15 -o /dev/null -w '%{http_code} ' http://10.77.0.1/ -H 'Host: localhost'
     curl -sk -m 5 https://10.77.0.1/ --connect-to ::10.77.0.1:443 || echo tls-refused`,
  );
  expect(output).toMatch(/^403 (403|502) tls-refused/);
});

test('network none: not even the registry', async () => {
  const { id: alone } = await server.client.create({ network: 'none' });
  const { output } = await server.run(alone, 'ip -br link; curl -sS -m 2 http://10.77.0.1:5000/v2/ 2>&1');
  expect(output).toMatch(/^lo/);
  expect(output).not.toContain('eth0');
  expect(output).toMatch(/curl: \(\d+\)/);
  await server.client.destroy(alone);
});

test('compose services find one another by name', async () => {
  const file = 'services:\n  web:\n    image: nginx\n  client:\n    image: busybox\n    command: sleep 600\n';
  const script = `mkdir -p /root/stack && cd /root/stack && printf '${file.replaceAll('\n', '\\n')}' > compose.yaml
    docker compose up -d --quiet-pull >/dev/null 2>&1
    for i in 1 2 3 4 5 6 7 8 9 10; do docker compose exec -T client wget -qO- http://web/ && break; sleep 0.3; done
    docker compose down -t 0 >/dev/null 2>&1`;
  expect((await server.run(id, script, 90_000)).output).toContain('<html');
});

test('two sandboxes neither see nor reach each other', async () => {
  const other = await server.sandbox();
  await server.run(other, 'docker run -d --name secret -p 8099:80 nginx');
  const { output } = await server.run(
    id,
    'curl -sS -m 2 http://10.77.0.2:8099/; ps ax; docker ps -a; ls /run/docker.sock',
  );
  expect(output).toMatch(/Failed to connect|Connection refused|Couldn't connect/);
  expect(output).not.toContain('secret');
  await server.client.destroy(other);
});
