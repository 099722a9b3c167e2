import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { gatewayAddress, registryPort } from '../../protocol/machine-network.ts';

/** Whether a shell can parse it; rejects with the shell's words. */
async function reads(shell: string, path: string): Promise<void> {
  await promisify(execFile)(shell, ['-n', path]);
}

const room = join(import.meta.dirname, '..');
const scripts = (await readdir(room, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.parentPath.includes('/files'))
  .map((entry) => join(entry.parentPath, entry.name));
const shebangs = new Map<string, string>();
for (const path of scripts) shebangs.set(path, (await readFile(path, 'utf8')).split('\n', 1)[0] ?? '');

test.for([...shebangs].filter(([, line]) => line === '#!/bin/sh').map(([path]) => path))(
  'sh reads %s',
  (path) => reads('sh', path),
);

const bashNames = /\.bash$|bashrc$/;
test.for(scripts.filter((path) => bashNames.test(basename(path))))('bash reads %s', (path) =>
  reads('bash', path),
);

test("Docker's settings are JSON, and its own networks stay clear of the machine's", async () => {
  const settings = JSON.parse(
    await readFile(join(import.meta.dirname, 'files/etc/docker/daemon.json'), 'utf8'),
  );
  expect(settings['registry-mirrors']).toEqual([`http://${gatewayAddress}:${registryPort}`]);
  expect(settings['insecure-registries']).toContain(`${gatewayAddress}:${registryPort}`);
  expect(settings['dns']).toEqual([gatewayAddress]);
  const resolver = await readFile(join(import.meta.dirname, 'files/etc/resolv.conf'), 'utf8');
  expect(resolver).toContain(`nameserver ${gatewayAddress}\n`);
  expect(settings['default-address-pools']).toEqual([{ base: '172.18.0.0/15', size: 24 }]);
});
