/** `docker run --privileged`: what most people do for Docker in Docker. */
import { machineInit, type Rival } from './rival.ts';

const image = 'camp';
/** The network is left out, so that no rule of iptables is made; ours has one. */
export const runFlags = [
  '--detach',
  '--privileged',
  '--network',
  'none',
  '--tmpfs',
  '/run',
  '--tmpfs',
  '/tmp',
];
export const importTree = (command: string): string[] => [
  'sh',
  '-c',
  `tar --create --numeric-owner --directory /machine . | ${command} import - ${image}`,
];

export const docker: Rival = {
  name: 'docker run',
  async prepare(host) {
    const quiet = ['--bridge=none', '--iptables=false', '--ip6tables=false', '--log-level=error'];
    await host.serve(['dockerd', ...quiet], 'docker version');
    await host.run(...importTree('docker'));
  },
  create: (host, id) =>
    host.run(
      'docker',
      'run',
      '--name',
      id,
      ...runFlags,
      '--volume',
      '/var/lib/docker',
      image,
      ...machineInit,
    ),
  exec: (id) => ['docker', 'exec', id],
  remove: (id) => ['docker', 'rm', '--force', '--volumes', id],
};
