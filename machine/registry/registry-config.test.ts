import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { registryConfig } from './registry-config.ts';

test('is YAML that serves a store on a Unix socket, read-only when asked', () => {
  const config = parse(registryConfig({ root: '/srv/registry', socketPath: '/run/r.sock', readOnly: true }));
  expect(config.version).toBe('0.1');
  expect(config.storage.filesystem.rootdirectory).toBe('/srv/registry');
  expect(config.storage.maintenance.readonly.enabled).toBe(true);
  expect(config.http).toEqual({ net: 'unix', addr: '/run/r.sock' });
});
