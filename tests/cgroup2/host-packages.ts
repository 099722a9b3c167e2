/** What this test needs of the host besides the packages of `npm test`. */
import { installedPackages, type NeededPackage } from '../../host/setup/debian-packages.ts';
import { installPackages } from '../../host/setup/install-packages.ts';

const needed: NeededPackage[] = [
  { package: 'qemu-system-x86', why: 'runs the virtual machine that has cgroup v2 alone', when: 'test' },
  { package: 'mmdebstrap', why: "builds that machine's Debian 13", when: 'test' },
  { package: 'e2fsprogs', why: "makes that machine's disks (mke2fs)", when: 'test' },
];

/** Through apt, saying which and why. Needs root. */
export async function installMissing(options: {
  say: (words: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  const installed = await installedPackages(needed.map((row) => row.package));
  const packages = needed.filter((row) => !installed.has(row.package));
  for (const row of packages) options.say(`installing ${row.package}, which ${row.why}`);
  await installPackages({ packages, onStep: options.say, signal: options.signal });
}
