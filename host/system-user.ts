/** The unprivileged users the course's processes run as. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { CodedError } from '../protocol/errors.ts';

export const portalUserName = 'chrootcamp';
/** The registry and the way out to package sources: apart from the portal, whose files they must not read. */
export const networkUserName = 'chrootcamp-net';

export interface SystemUser {
  uid: number;
  gid: number;
}

/** Makes the user, with a group of the same name, where there is none. Needs root. */
export async function ensureSystemUser(name: string): Promise<SystemUser> {
  const found = await findUser(name);
  if (found) return found;
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  try {
    await promisify(execFile)('useradd', [...options, '--shell', '/usr/sbin/nologin', name]);
  } catch (error) {
    // Two starts at once: the other one made it.
    const made = await findUser(name);
    if (made) return made;
    const reason = ((error as { stderr?: string }).stderr ?? String(error)).trim();
    const message = `the system user ${name} could not be made: ${reason}. Make it by hand: useradd ${options.join(' ')} ${name}`;
    throw new CodedError('HOST_UNSUITABLE', message, { cause: error });
  }
  const made = await findUser(name);
  if (!made)
    throw new CodedError('HOST_UNSUITABLE', `useradd made ${name}, but /etc/passwd does not have it`);
  return made;
}

async function findUser(name: string): Promise<SystemUser | null> {
  const entry = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[0] === name);
  return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : null;
}
