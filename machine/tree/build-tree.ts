import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap, type BootstrapOptions } from '../debian/bootstrap.ts';
import { trustCertificates } from '../debian/certificates.ts';
import { configureApt } from '../debian/configure-apt.ts';
import { runCommand } from '../run-command.ts';
import { tidyRootfs } from '../debian/tidy.ts';
import { installFiles } from '../debian/install-files.ts';
import { treeDpkgSettings, treePackages } from './packages.ts';

type TreeOptions = Pick<BootstrapOptions, 'rootfs' | 'sources' | 'cache' | 'signal' | 'onProgress'>;

/** Makes the root filesystem of a sandbox. */
export async function buildTree(options: TreeOptions): Promise<void> {
  await bootstrap({
    ...options,
    variant: 'minbase',
    packages: treePackages,
    dpkgSettings: treeDpkgSettings,
    customizeHook: [
      // What Docker in a sandbox was tested with, on hosts with cgroup v1 and v2.
      'chroot "$1" update-alternatives --quiet --set iptables /usr/sbin/iptables-legacy',
      'chroot "$1" update-alternatives --quiet --set ip6tables /usr/sbin/ip6tables-legacy',
    ].join(' && '),
  });
  // dpkg leaves out pages, but not links to them.
  await runCommand({ argv: ['find', join(options.rootfs, 'usr/share/man'), '-xtype', 'l', '-delete'] });
  await trustCertificates(options.rootfs, options.sources);
  await tidyRootfs(options.rootfs);
  await installFiles(join(import.meta.dirname, 'files'), options.rootfs);
  await symlink('/usr/bin/vim.tiny', join(options.rootfs, 'usr/local/bin/vim'));
  await configureApt(options.rootfs, options.sources);
}
