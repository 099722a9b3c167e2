/**
 * The server name in the first bytes of a TLS connection (RFC 8446, 4.1.2; RFC 6066, 3). Every byte is a learner's:
 * nothing is read beyond what is there, and what does not fit is `invalid`.
 */
export type ServerName = { state: 'incomplete' } | { state: 'invalid' } | { state: 'named'; name: string };

/** Browsers send some 2 KiB; post-quantum keys made it grow. */
export const maxHelloBytes = 16 * 1024;

const handshakeRecord = 22;
const clientHello = 1;
const serverNameExtension = 0;
const hostName = 0;

class ShortError extends Error {}

/** Takes numbers and slices from the front. */
class Reader {
  #rest: Buffer;

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  get isEmpty(): boolean {
    return this.#rest.length === 0;
  }

  bytes(count: number): Buffer {
    if (this.#rest.length < count) throw new ShortError();
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  number(size: 1 | 2 | 3): number {
    return this.bytes(size).readUIntBE(0, size);
  }

  /** A slice with its length, of `size` bytes, before it. */
  vector(size: 1 | 2 | 3): Buffer {
    return this.bytes(this.number(size));
  }
}

/** Handshake bytes of the records so far; a hello may be cut into several. Throws ShortError before its end. */
function handshakeOf(bytes: Buffer): Buffer | null {
  const records = new Reader(bytes);
  const parts: Buffer[] = [];
  const headerBytes = 4;
  for (let have = 0, wanted = headerBytes; have < wanted;) {
    if (records.number(1) !== handshakeRecord) return null;
    records.number(2);
    const part = records.vector(2);
    // Empty ones are forbidden, and would be endless.
    if (part.length === 0) return null;
    parts.push(part);
    have += part.length;
    if (wanted === headerBytes && have >= headerBytes)
      wanted = headerBytes + Buffer.concat(parts).readUIntBE(1, 3);
  }
  return Buffer.concat(parts);
}

function nameIn(handshake: Buffer): string | null {
  const message = new Reader(handshake);
  if (message.number(1) !== clientHello) return null;
  const hello = new Reader(message.vector(3));
  hello.bytes(2 + 32);
  hello.vector(1);
  hello.vector(2);
  hello.vector(1);
  const extensions = new Reader(hello.vector(2));
  while (!extensions.isEmpty) {
    const type = extensions.number(2);
    const extension = new Reader(extensions.vector(2));
    if (type !== serverNameExtension) continue;
    const names = new Reader(extension.vector(2));
    return names.number(1) === hostName ? names.vector(2).toString('latin1').toLowerCase() : null;
  }
  return null;
}

export function serverNameOf(bytes: Buffer): ServerName {
  let handshake;
  try {
    handshake = handshakeOf(bytes);
  } catch (error) {
    if (!(error instanceof ShortError)) throw error;
    return { state: bytes.length < maxHelloBytes ? 'incomplete' : 'invalid' };
  }
  try {
    const name = handshake === null ? null : nameIn(handshake);
    return name === null ? { state: 'invalid' } : { state: 'named', name };
  } catch (error) {
    if (!(error instanceof ShortError)) throw error;
    return { state: 'invalid' };
  }
}
