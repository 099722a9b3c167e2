/** `podman run --privileged`. */
import { importTree, runFlags } from './docker.ts';
import { machineInit, type Rival } from './rival.ts';

// Its own choice, crun, refuses hybrid cgroups.
const podmanCommand = ['podman', '--cgroup-manager=cgroupfs', '--runtime=runc'];

export const podman: Rival = {
  name: 'podman run',
  async prepare(host) {
    await host.run(...importTree(podmanCommand.join(' ')));
  },
  create: (host, id) =>
    host.run(
      ...podmanCommand,
      'run',
      '--name',
      id,
      ...runFlags,
      '--volume',
      '/var/lib/docker',
      'camp',
      ...machineInit,
    ),
  exec: (id) => [...podmanCommand, 'exec', id],
  remove: (id) => [...podmanCommand, 'rm', '--force', '--volumes', '--time', '0', id],
};
