import { join } from 'node:path';
import { bootstrap } from '../../debian/bootstrap.ts';
import { configureApt } from '../../debian/configure-apt.ts';
import { tidyRootfs } from '../../debian/tidy.ts';
import { mirrorSources } from '../../sources/package-sources.ts';
import { standardPath } from '../../oci/image-config.ts';
import { installFiles } from '../../debian/install-files.ts';
import type { CourseImage } from '../course-image.ts';

/** Debian 13 with its essential packages and apt; no documentation, no languages, no curl. */
export const debianImage: CourseImage = {
  name: 'debian',
  tags: ['latest', 'trixie', 'trixie-slim'],
  folder: import.meta.dirname,
  createdBy: 'mmdebstrap --variant=minbase trixie',
  async build(context) {
    // Without certificates apt in a container could not speak to a mirror that only offers https.
    const needsCertificates = mirrorSources(context.sources.mirror).some(({ uri }) =>
      uri.startsWith('https:'),
    );
    await bootstrap({
      ...context,
      variant: 'minbase',
      packages: needsCertificates ? ['ca-certificates'] : [],
      dpkgSettings: slimDpkgSettings,
    });
    await configureApt(context.rootfs, context.sources);
    await installFiles(join(import.meta.dirname, 'files'), context.rootfs);
    await tidyRootfs(context.rootfs);
    return { Cmd: ['bash'], Env: [standardPath] };
  },
};

/** These stay in the image, and so hold for what is installed into it later. */
const slimDpkgSettings = [
  'force-unsafe-io',
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
  'path-exclude=/usr/share/bug/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/lintian/*',
  'path-exclude=/usr/share/locale/*',
  'path-include=/usr/share/locale/locale.alias',
  'path-exclude=/usr/share/man/*',
];
