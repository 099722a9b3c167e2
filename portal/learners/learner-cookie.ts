/** The cookie that names a learner: `id.signature`. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const cookieName = 'chrootcamp';
const maxAgeSeconds = 365 * 24 * 60 * 60;
const valuePattern = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

export class LearnerCookie {
  readonly #key: Buffer;
  readonly #secure: boolean;

  /** `secure`: the browser sends it over https only. */
  constructor({ key, secure }: { key: Buffer; secure: boolean }) {
    this.#key = key;
    this.#secure = secure;
  }

  /** The learner's id of a request's `Cookie` header; null where there is none or its signature is not ours. */
  read(header: string | undefined): string | null {
    for (const pair of (header ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      const match = name === cookieName ? valuePattern.exec(value ?? '') : null;
      if (match?.[1] && match[2] && this.#isSignature(match[1], match[2])) return match[1];
    }
    return null;
  }

  /** For `Set-Cookie`. */
  write(learnerId: string): string {
    const value = `${learnerId}.${this.#sign(learnerId)}`;
    const secure = this.#secure ? '; Secure' : '';
    return `${cookieName}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
  }

  #sign(learnerId: string): string {
    return createHmac('sha256', this.#key).update(`learner:${learnerId}`).digest('base64url');
  }

  /** As text: several texts of base64 stand for the same bytes, and only one is what was written. */
  #isSignature(learnerId: string, signature: string): boolean {
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.#sign(learnerId));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
