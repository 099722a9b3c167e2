import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { layoutOf } from './layout.ts';

test('two names of one directory are one instance', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'layout-'));
  try {
    symlinkSync(folder, `${folder}.link`);
    const direct = layoutOf(path.join(folder, 'not-made-yet'));
    const linked = layoutOf(path.join(`${folder}.link`, 'not-made-yet'));
    expect(linked).toEqual(direct);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(`${folder}.link`, { force: true });
  }
});

test('different directories are different instances', () => {
  expect(layoutOf('/srv/a').instance).not.toBe(layoutOf('/srv/b').instance);
});

test('sockets fit the 107 bytes of a Unix socket however deep the data lies', () => {
  const layout = layoutOf(`/srv/${'deep/'.repeat(60)}`);
  expect(Buffer.byteLength(layout.sandboxServerSocket)).toBeLessThanOrEqual(107);
  expect(Buffer.byteLength(layout.controlSocket)).toBeLessThanOrEqual(107);
  // The sandbox-server refuses a longer one.
  expect(Buffer.byteLength(layout.sandboxRuntimeDir)).toBeLessThanOrEqual(60);
});
