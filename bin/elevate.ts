import { CodedError } from '../protocol/errors.ts';
import path from 'node:path';
import { existsSync } from 'node:fs';

/** What the program needs to know of the user's environment; sudo drops the rest. */
const keptVariables =
  /^(CHROOTCAMP_\w+|(https?|no)_proxy|npm_config_registry|NODE_EXTRA_CA_CERTS|LANG|TERM|CI|NO_COLOR)$/i;

/** Where we are not root: becomes the same program under sudo, which asks for the password. Returns where we are. */
export function becomeRoot(): void {
  if (process.getuid!() === 0) return;
  const sudo = findProgram('sudo');
  if (!sudo) {
    const message = `found user id ${process.getuid!()} and no sudo; needed: root, because machines are made of namespaces, mounts and cgroups. Run the same command as root`;
    throw new CodedError('HOST_UNSUITABLE', message);
  }
  process.stderr.write('chrootcamp: this needs root; sudo may ask for your password.\n');
  const kept = Object.keys(process.env).filter((name) => keptVariables.test(name));
  const preserve = kept.length > 0 ? [`--preserve-env=${kept.join(',')}`] : [];
  process.execve!(sudo, [
    'sudo',
    ...preserve,
    '--',
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]);
}

function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin'];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}
