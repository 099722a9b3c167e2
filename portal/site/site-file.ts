import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { inertContentPolicy } from '../http/security-headers.ts';
import { contentSecurityPolicyOf } from './content-security-policy.ts';
import { isCompressible, mediaTypeOf } from './media-type.ts';

export type Encoding = 'br' | 'gzip';

const compressors: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => promisify(gzip)(body),
};

/** One file of the built site, held in memory with all that its answers need. */
export class SiteFile {
  readonly body: Buffer;
  readonly mediaType: string;
  readonly contentPolicy: string;
  readonly cacheControl: string;
  readonly #digest: string;
  /** Made when first asked for, then kept. */
  readonly #compressed = new Map<Encoding, Promise<Buffer>>();

  /** `path`: in the site's folder, with a leading slash. */
  constructor(path: string, body: Buffer) {
    this.body = body;
    this.mediaType = mediaTypeOf(path);
    this.contentPolicy = path.endsWith('.html')
      ? contentSecurityPolicyOf(body.toString('utf8'))
      : inertContentPolicy;
    // Astro puts a hash of the content into the names of what it makes.
    this.cacheControl = path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    this.#digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  }

  /** Differs by encoding: they are different bytes. */
  etag(encoding: Encoding | null): string {
    return `"${this.#digest}${encoding === null ? '' : `-${encoding}`}"`;
  }

  /** The best encoding that an `Accept-Encoding` header allows and that is worth it. */
  encodingFor(acceptEncoding: string | undefined): Encoding | null {
    if (!isCompressible(this.mediaType) || this.body.length < 1024) return null;
    const accepted = (acceptEncoding ?? '').split(',').map((one) => one.trim().toLowerCase());
    const allows = (encoding: Encoding): boolean => {
      return accepted.some(
        (one) => one === encoding || (one.startsWith(`${encoding};`) && !/;\s*q=0(\.0*)?$/.test(one)),
      );
    };
    return allows('br') ? 'br' : allows('gzip') ? 'gzip' : null;
  }

  compressed(encoding: Encoding): Promise<Buffer> {
    const known = this.#compressed.get(encoding);
    if (known) return known;
    const made = compressors[encoding](this.body);
    this.#compressed.set(encoding, made);
    return made;
  }
}
