/** What the sandbox's root filesystem holds besides Debian's essential packages and apt. */
export const treePackages = [
  // Docker, its parts and what it drives
  'docker.io',
  'docker-cli',
  'docker-buildx',
  'docker-compose',
  'containerd',
  'runc',
  'iptables',
  'iproute2',
  'xz-utils',
  // the first process, and the shell
  'tini',
  'bash',
  'bash-completion',
  'less',
  'man-db',
  'manpages',
  'manpages-dev',
  'nano',
  'vim-tiny',
  // what lessons look with
  'busybox-static',
  'ca-certificates',
  'curl',
  'file',
  'iputils-ping',
  'jq',
  'libcap2-bin',
  'lsof',
  'netbase',
  'procps',
  'psmisc',
  'socat',
  'strace',
  'tree',
  'util-linux',
  'util-linux-extra',
] as const;

/** Sections of the manual that stay: commands, system calls, files, overviews. Library calls do not. */
const manualSections = [1, 2, 5, 7, 8];

/** dpkg settings of the tree: no documentation but licences and manual pages, no languages, no idle parts of containerd. */
export const treeDpkgSettings = [
  'force-unsafe-io',
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/lintian/*',
  'path-exclude=/usr/share/bug/*',
  'path-exclude=/usr/share/locale/*',
  'path-include=/usr/share/locale/locale.alias',
  'path-exclude=/usr/share/man/*',
  // The directories by themselves: dpkg cannot unpack below one that is excluded.
  ...manualSections.flatMap((section) => {
    const directory = `path-include=/usr/share/man/man${section}`;
    return [directory, `${directory}/*.${section}.gz`];
  }),
  'path-exclude=/usr/bin/containerd-shim',
  'path-exclude=/usr/bin/containerd-shim-runc-v1',
  'path-exclude=/usr/bin/containerd-stress',
  'path-exclude=/usr/bin/ctr',
];
