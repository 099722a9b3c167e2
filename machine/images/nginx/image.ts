import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from '../../debian/bootstrap.ts';
import { configureApt } from '../../debian/configure-apt.ts';
import { packageVersion } from '../../debian/package-version.ts';
import { tidyRootfs } from '../../debian/tidy.ts';
import { standardPath } from '../../oci/image-config.ts';
import { installFiles } from '../../debian/install-files.ts';
import type { CourseImage } from '../course-image.ts';
import { copyBase } from '../copy-base.ts';
import { debianImage } from '../debian/image.ts';

/** nginx in the foreground on port 80, its logs going to the container's output. */
export const nginxImage: CourseImage = {
  name: 'nginx',
  tags: ['latest'],
  base: debianImage,
  folder: import.meta.dirname,
  createdBy: 'apt-get install nginx',
  async build(context) {
    const { rootfs } = context;
    await bootstrap({ ...context, variant: 'custom', packages: ['nginx'], setupHook: copyBase(context) });
    await configureApt(rootfs, context.sources);
    await rm(join(rootfs, 'var/www/html'), { recursive: true, force: true });
    await rm(join(rootfs, 'etc/nginx/sites-enabled'), { recursive: true, force: true });
    await rm(join(rootfs, 'etc/nginx/sites-available'), { recursive: true, force: true });
    await tidyRootfs(rootfs);
    await installFiles(join(import.meta.dirname, 'files'), rootfs);
    await symlink('/dev/stdout', join(rootfs, 'var/log/nginx/access.log'));
    await symlink('/dev/stderr', join(rootfs, 'var/log/nginx/error.log'));
    return {
      Cmd: ['nginx', '-g', 'daemon off;'],
      Env: [standardPath, `NGINX_VERSION=${await packageVersion(rootfs, 'nginx')}`],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    };
  },
};
