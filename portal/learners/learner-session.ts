import type { IncomingMessage } from 'node:http';
import { CodedError } from '../../protocol/errors.ts';
import type { Learner, LearnerStore } from '../store/learners.ts';
import type { LearnerCookie } from './learner-cookie.ts';

/** Who makes a request. */
export class LearnerSession {
  readonly #cookie: LearnerCookie;
  readonly #learners: LearnerStore;

  constructor({ cookie, learners }: { cookie: LearnerCookie; learners: LearnerStore }) {
    this.#cookie = cookie;
    this.#learners = learners;
  }

  find(request: Pick<IncomingMessage, 'headers'>): Learner | null {
    const id = this.#cookie.read(request.headers.cookie);
    return id === null ? null : this.#learners.find(id);
  }

  /** Throws UNAUTHENTICATED where there is none. */
  require(request: Pick<IncomingMessage, 'headers'>): Learner {
    const learner = this.find(request);
    if (learner) return learner;
    throw new CodedError(
      'UNAUTHENTICATED',
      'no learner is known by the cookie of this request; GET /api/me makes one',
    );
  }

  /** The learner, made anew where there is none, and the `Set-Cookie` that keeps them for another year. */
  findOrCreate(request: Pick<IncomingMessage, 'headers'>): { learner: Learner; setCookie: string } {
    const learner = this.find(request) ?? this.#learners.create();
    return { learner, setCookie: this.#cookie.write(learner.id) };
  }
}
