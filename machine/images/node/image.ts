import { join } from 'node:path';
import { bootstrap } from '../../debian/bootstrap.ts';
import { configureApt } from '../../debian/configure-apt.ts';
import { trustCertificates } from '../../debian/certificates.ts';
import { packageVersion } from '../../debian/package-version.ts';
import { tidyRootfs } from '../../debian/tidy.ts';
import { standardPath } from '../../oci/image-config.ts';
import { runCommand } from '../../run-command.ts';
import { installFiles } from '../../debian/install-files.ts';
import type { CourseImage } from '../course-image.ts';
import { debianImage } from '../debian/image.ts';
import { copyBase } from '../copy-base.ts';
import { installNpm } from './install-npm.ts';

/** Debian's Node.js, which is the long-term release, with npm as that release ships it. */
export const nodeImage: CourseImage = {
  name: 'node',
  tags: ['lts', 'lts-slim'],
  base: debianImage,
  folder: import.meta.dirname,
  inputs: (sources) => [sources.npmRegistry],
  createdBy: 'apt-get install nodejs # and npm',
  async build(context) {
    const { rootfs, sources, signal } = context;
    // Debian's Node.js takes certificates from the system, not from a list of its own.
    const packages = ['nodejs', 'ca-certificates'];
    await bootstrap({ ...context, variant: 'custom', packages, setupHook: copyBase(context) });
    await installNpm({ rootfs, workDir: context.workDir, registry: sources.npmRegistry, signal });
    await installFiles(join(import.meta.dirname, 'files'), rootfs);
    const user = ['--uid', '1000', '--user-group', '--create-home', '--shell', '/bin/bash', 'node'];
    await runCommand({ argv: ['chroot', rootfs, 'useradd', ...user], signal });
    await configureApt(rootfs, sources);
    await trustCertificates(rootfs, sources);
    await tidyRootfs(rootfs);
    return {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['node'],
      Env: [standardPath, `NODE_VERSION=${await packageVersion(rootfs, 'nodejs')}`],
    };
  },
};
