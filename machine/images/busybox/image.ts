import { copyFile, chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from '../../debian/bootstrap.ts';
import { standardPath } from '../../oci/image-config.ts';
import { runCommand } from '../../run-command.ts';
import type { CourseImage } from '../course-image.ts';

/** Debian's static busybox, with a link for each of its commands. */
export const busyboxImage: CourseImage = {
  name: 'busybox',
  tags: ['latest'],
  folder: import.meta.dirname,
  createdBy: 'ADD busybox-static / # Debian package',
  async build(context) {
    const packageDir = join(context.workDir, 'package');
    await bootstrap({ ...context, rootfs: packageDir, variant: 'extract', packages: ['busybox-static'] });
    await layOut(context.rootfs);
    const program = join(context.rootfs, 'bin/busybox');
    await copyFile(join(packageDir, 'usr/bin/busybox'), program);
    await chmod(program, 0o755);
    for (const applet of (await runCommand({ argv: [program, '--list'] })).split('\n')) {
      if (applet !== '' && applet !== 'busybox')
        await symlink('busybox', join(context.rootfs, 'bin', applet));
    }
    await rm(packageDir, { recursive: true });
    return { Cmd: ['sh'], Env: [standardPath], WorkingDir: '/' };
  },
};

async function layOut(rootfs: string): Promise<void> {
  for (const directory of [
    'bin',
    'dev',
    'etc',
    'home',
    'root',
    'tmp',
    'usr/bin',
    'usr/sbin',
    'var/spool',
    'var/www',
  ]) {
    await mkdir(join(rootfs, directory), { recursive: true });
  }
  await chmod(join(rootfs, 'root'), 0o700);
  await chmod(join(rootfs, 'tmp'), 0o1777);
  // Scripts that begin with `#!/usr/bin/env sh` look there.
  await symlink('../../bin/env', join(rootfs, 'usr/bin/env'));
  for (const [name, lines] of Object.entries(accounts)) {
    await writeFile(join(rootfs, 'etc', name), `${lines.join('\n')}\n`);
  }
}

const accounts = {
  passwd: [
    'root:x:0:0:root:/root:/bin/sh',
    'daemon:x:1:1:daemon:/usr/sbin:/bin/false',
    'www-data:x:33:33:www-data:/var/www:/bin/false',
    'nobody:x:65534:65534:nobody:/home:/bin/false',
  ],
  group: ['root:x:0:', 'daemon:x:1:', 'tty:x:5:', 'www-data:x:33:', 'users:x:100:', 'nogroup:x:65534:'],
};
