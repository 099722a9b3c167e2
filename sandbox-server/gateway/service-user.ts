import { readFileSync } from 'node:fs';
import { CodedError } from '../../protocol/errors.ts';

/** From /etc/passwd. Throws HOST_UNSUITABLE where there is no such user, or where it is root. */
export function lookUpUser(name: string): { uid: number; gid: number } {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
  }
  const mend = `useradd --system --no-create-home --shell /usr/sbin/nologin ${name}`;
  throw new CodedError(
    'HOST_UNSUITABLE',
    `found no unprivileged user ${name}, which the gateway runs as; run: ${mend}`,
  );
}
