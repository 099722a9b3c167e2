import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { layoutOf } from '../host/layout.ts';
import { treesInUse } from './trees-in-use.ts';

test('trees of servers and of mounts are in use, those of other machines are not', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'trees-'));
  try {
    const layout = layoutOf(path.join(folder, 'data'), path.join(folder, 'run'));
    const serve = (name: string, treePath: string) => {
      mkdirSync(path.join(folder, 'run', name), { recursive: true });
      writeFileSync(path.join(folder, 'run', name, 'sandbox-server.json'), JSON.stringify({ treePath }));
    };
    serve('1111', path.join(layout.machineDir, 'trees/aaaa/rootfs'));
    serve('2222', '/srv/other/machine/trees/bbbb/rootfs');
    const mountInfo =
      '90 22 254:0 /srv/machine/trees/cccc/rootfs /run/x ro,idmapped - ext4 /dev/vda rw\n91 22 0:1 / /proc rw - proc proc rw\n';
    expect(treesInUse(layout, mountInfo)).toEqual(['aaaa', 'cccc']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
