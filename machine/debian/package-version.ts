import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../protocol/errors.ts';

/** The upstream version of a package installed in a root filesystem: `20.19.2` for Debian's `20.19.2+dfsg-1`. */
export async function packageVersion(rootfs: string, name: string): Promise<string> {
  const status = await readFile(join(rootfs, 'var/lib/dpkg/status'), 'utf8');
  const stanza = status.split('\n\n').find((each) => each.startsWith(`Package: ${name}\n`));
  const version = /^Version: (?:\d+:)?([0-9.]+)/m.exec(stanza ?? '')?.[1];
  if (version !== undefined) return version;
  throw new CodedError(
    'BUILD_FAILED',
    `${name} was to be installed in ${rootfs}, but dpkg does not list it there.`,
  );
}
