import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CodedError } from '../../protocol/errors.ts';
import type { MirrorSource } from './mirror.ts';

/** A key other than Debian's own that a mirror's indexes are signed with. */
export interface ForeignKey {
  /** File name for it, made of its content. */
  name: string;
  content: Buffer;
}

/** Null where the mirror is signed with Debian's own keys. Throws HOST_UNSUITABLE when a configured key is missing. */
export async function readForeignKey(source: MirrorSource): Promise<ForeignKey | null> {
  const signedBy = source.signedBy ?? '';
  if (signedBy.startsWith('-----BEGIN')) return foreignKey(Buffer.from(`${signedBy}\n`));
  if (!signedBy.startsWith('/') || /\/debian-archive-[^/]*$/.test(signedBy)) return null;
  const content = await readFile(signedBy).catch((cause: unknown) => {
    throw new CodedError(
      'HOST_UNSUITABLE',
      `The package source ${source.uri} is signed by ${signedBy}, which cannot be read. Put the key there.`,
      { cause },
    );
  });
  return foreignKey(content);
}

function foreignKey(content: Buffer): ForeignKey {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const armoured = content.subarray(0, 10).toString('latin1') === '-----BEGIN';
  return { name: `chrootcamp-${digest}.${armoured ? 'asc' : 'gpg'}`, content };
}
