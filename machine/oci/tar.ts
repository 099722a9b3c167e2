import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CodedError } from '../../protocol/errors.ts';

export interface TarOptions {
  /** Entries, one by one and in this order: a directory does not bring its content. */
  parts: readonly { directory: string; paths: readonly string[] }[];
  /** The gzipped archive to write. */
  target: string;
  /** For lists of names. */
  workDir: string;
  /** Seconds since 1970; what is newer gets this time. */
  newestSeconds: number;
  signal?: AbortSignal | undefined;
}

export interface PackedTar {
  tarSha256: string;
  compressedSha256: string;
  sizeBytes: number;
}

/** Nothing of the moment or of this machine gets into the archive: numeric owners, no access times. */
const fixedOptions = [
  '--create',
  '--format=posix',
  '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime',
  '--numeric-owner',
  '--no-recursion',
  '--clamp-mtime',
  '--xattrs',
  '--xattrs-include=security.capability',
  '--null',
  '--verbatim-files-from',
];

/** Packs files into a gzipped tar, hashing on the way. Throws BUILD_FAILED with tar's words. */
export async function packTar(options: TarOptions): Promise<PackedTar> {
  const lists: string[] = [];
  for (const [index, { directory, paths }] of options.parts.entries()) {
    const list = join(options.workDir, `names-${index}`);
    await writeFile(list, paths.map((path) => `${path}\0`).join(''));
    lists.push(`--directory=${directory}`, `--files-from=${list}`);
  }
  const tar = spawn('tar', [...fixedOptions, `--mtime=@${options.newestSeconds}`, ...lists], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  let said = '';
  tar.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4000)));
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', resolve);
  });
  const tarHash = createHash('sha256');
  const compressedHash = createHash('sha256');
  let sizeBytes = 0;
  const measureTar = new PassThrough().on('data', (chunk: Buffer) => tarHash.update(chunk));
  const measureGzip = new PassThrough().on('data', (chunk: Buffer) => {
    compressedHash.update(chunk);
    sizeBytes += chunk.length;
  });
  const written = pipeline(
    tar.stdout,
    measureTar,
    createGzip(),
    measureGzip,
    createWriteStream(options.target),
  );
  const [status] = await Promise.all([ended, written]);
  if (status === 0) {
    return { tarSha256: tarHash.digest('hex'), compressedSha256: compressedHash.digest('hex'), sizeBytes };
  }
  throw new CodedError(
    'BUILD_FAILED',
    `tar ended with status ${String(status)}, expected 0. It said last:\n${said}`,
  );
}
