import { basename, dirname } from 'node:path';
import type { SandboxServerAccess } from '../../bin/sandbox-server-access.ts';
import type { Contender } from './contender.ts';

/** Ours: a sandbox of a server that keeps none warm. Its disposal is left to whoever opened `access`. */
export function chrootcamp({ client, socketPath }: SandboxServerAccess): Contender {
  const runtimeDir = dirname(dirname(socketPath));
  const instance = basename(runtimeDir);
  return {
    name: 'chrootcamp',
    async start() {
      const { id } = await client.create({});
      await client.exec(id, { argv: ['/bin/true'] });
      return {
        dockerReady: async () => void (await client.view(id, { docker: 'wait' })),
        owns: ({ cgroup }) => cgroup.includes(`/chrootcamp-${instance}/${id}/`),
        destroy: () => client.destroy(id),
      };
    },
    // Server, relay and registry name their files there; nothing inside a machine does.
    serves: ({ command, cgroup }) =>
      command.includes(`${runtimeDir}/`) && !cgroup.includes(`/chrootcamp-${instance}/`),
  };
}
