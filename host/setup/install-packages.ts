import { existsSync } from 'node:fs';
import { runCommand } from '../run-command.ts';
import type { NeededPackage } from './debian-packages.ts';
import { CodedError } from '../../protocol/errors.ts';

export interface InstallOptions {
  packages: NeededPackage[];
  onStep: (words: string) => void;
  signal: AbortSignal;
}

/** Another apt may be at work, such as unattended-upgrades after a boot. */
const lockTimeout = 'DPkg::Lock::Timeout=120';

/** Through apt, from whatever sources this host has. Needs root. Idempotent; apt finishes what was interrupted. */
export async function installPackages({ packages, onStep, signal }: InstallOptions): Promise<void> {
  if (packages.length === 0) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const names = packages.map((row) => row.package);
  const apt = async (arguments_: string[]) => {
    try {
      await runCommand('apt-get', ['-o', lockTimeout, '-q', ...arguments_], { env: environment, signal });
    } catch (error) {
      signal.throwIfAborted();
      const message = `${(error as Error).message}\nNeeded: the packages ${names.join(' ')}. Mend that, or install them by hand, and run the same command again.`;
      throw new CodedError('HOST_UNSUITABLE', message, { cause: error });
    }
  };
  onStep('asking the package sources for news');
  await apt(['update']);
  onStep(`installing ${names.join(', ')}`);
  await apt(['install', '--yes', '--no-install-recommends', ...names]);
  await quietServices(names, signal);
}

/** Packages of which we use the program, run by ourselves, and not the service that Debian starts with them. */
const unwantedServices = ['docker-registry'];

/** Where systemd runs, a freshly installed service would listen on ports that are none of our business. */
async function quietServices(installed: string[], signal: AbortSignal): Promise<void> {
  const services = unwantedServices.filter((name) => installed.includes(name));
  if (services.length === 0 || !existsSync('/run/systemd/system')) return;
  await runCommand('systemctl', ['disable', '--now', '--quiet', ...services], { signal });
}
