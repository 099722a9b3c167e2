/** A disk copied while it is in use: what a fault must not leave. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyDisk } from '../../sandbox-server/engines/runc/checkpoint/disk-copy.ts';
import { freeze, thaw } from '../../sandbox-server/engines/runc/checkpoint/freeze.ts';

test('a copy that fails while the disk is frozen leaves it thawed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'chrootcamp-disk-copy-'));
  const [image, mountPoint] = [join(directory, 'disk.img'), join(directory, 'mounted')];
  execFileSync('truncate', ['-s', '8M', image]);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  mkdirSync(mountPoint);
  execFileSync('mount', ['-o', 'loop', image, mountPoint]);
  const disk = openSync(mountPoint, 'r');
  try {
    const copying = copyDisk({ mountPoint, image, to: join(directory, 'copy.img') });
    // It has the disk open by now, and asks for the mount point when it has frozen it.
    execFileSync('umount', ['--lazy', mountPoint]);
    rmdirSync(mountPoint);
    await expect(copying).rejects.toMatchObject({ code: 'ENOENT' });
    // EBUSY for one that is frozen.
    await freeze(disk);
  } finally {
    thaw(disk);
    closeSync(disk);
    rmSync(directory, { recursive: true });
  }
});
