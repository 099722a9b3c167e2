/** A Debian package this room needs on the host, and why. The same names hold on Ubuntu. */
export interface Requirement {
  package: string;
  why: string;
}

export const machineRequirements: readonly Requirement[] = [
  {
    package: 'mmdebstrap',
    why: 'builds the root filesystem of the machines and the images from Debian packages',
  },
  { package: 'debian-archive-keyring', why: "holds the keys that Debian's packages are signed with" },
  { package: 'docker-registry', why: 'serves the course images to the machines' },
  { package: 'gcc', why: 'compiles the one program in the hello-world image' },
  { package: 'xz-utils', why: 'unpacks Debian packages' },
];
