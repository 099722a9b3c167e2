import { z } from 'zod';
import { containerDetailSchema, containerListSchema } from './docker/container.ts';
import { dockerEventsSeenSchema } from './docker/event.ts';
import { imageDetailSchema, imageHistorySchema } from './docker/image-detail.ts';
import { imageListSchema } from './docker/image.ts';
import { networkListSchema } from './docker/network.ts';
import { volumeListSchema } from './docker/volume.ts';
import { unreadable } from './finding.ts';
import { cgroupSeenSchema } from './machine/cgroup.ts';
import { fileSeenSchema } from './machine/file.ts';
import { httpSeenSchema } from './machine/http.ts';
import { kernelSeenSchema } from './machine/kernel.ts';
import { mountTablesSeenSchema } from './machine/mount.ts';
import { processesSeenSchema } from './machine/process.ts';
import { scriptSeenSchema } from './machine/script.ts';
import type { HttpLook, LookOptions, Observation, Observer } from './observer.ts';

export interface RoundOptions {
  observer: Observer;
  /** Each look may take this long. */
  lookDeadlineMs: number;
  /** Ends every look of the round. */
  signal: AbortSignal;
  /** Told of each question, and of its answer, for who watches a check being judged. */
  onAsked?: ((question: string, answer: Promise<Observation<unknown>>) => void) | undefined;
  /** Told of what an observer threw, which it should not; the check becomes `could-not-look`. */
  onFault: (error: unknown) => void;
}

const rawSchema = z.unknown();
const nonsense = 'what was found there makes no sense';

type Look = (options: LookOptions) => Promise<Observation<unknown>>;

/**
 * One round of looking at a machine: each thing is looked at once however many checks ask, each look has a deadline, and
 * what comes back has been parsed. Never rejects.
 */
export class Round {
  readonly #options: RoundOptions;
  readonly #looks: Map<string, Promise<Observation<unknown>>>;
  readonly #parsings: Map<string, Promise<Observation<unknown>>>;

  /** `shared`: a round whose looks are also this one's. */
  constructor(options: RoundOptions, shared?: Round) {
    this.#options = options;
    this.#looks = shared === undefined ? new Map() : shared.#looks;
    this.#parsings = shared === undefined ? new Map() : shared.#parsings;
  }

  /** The same round, for one who is told of what is asked. */
  askedBy(onAsked: RoundOptions['onAsked']): Round {
    return onAsked === undefined ? this : new Round({ ...this.#options, onAsked }, this);
  }

  file(path: string) {
    return this.#parsed(`file ${path}`, fileSeenSchema, (options) =>
      this.#options.observer.file(path, options),
    );
  }

  processes() {
    return this.#parsed('processes', processesSeenSchema, (options) =>
      this.#options.observer.processes(options),
    );
  }

  mounts() {
    return this.#parsed('mounts', mountTablesSeenSchema, (options) => this.#options.observer.mounts(options));
  }

  /** Null where there is none. */
  cgroup(path: string) {
    return this.#parsed(`cgroup ${path}`, cgroupSeenSchema, (options) =>
      this.#options.observer.cgroup(path, options),
    );
  }

  http(look: HttpLook) {
    const { address, port, path, host, accept = '' } = look;
    return this.#parsed(`http ${address}:${port} ${host} ${path} ${accept}`, httpSeenSchema, (options) =>
      this.#options.observer.http(look, options),
    );
  }

  script(run: { text: string; timeoutMs: number }) {
    return this.#parsed(`script ${run.text}`, scriptSeenSchema, (options) =>
      this.#options.observer.script(run, options),
    );
  }

  kernel() {
    return this.#parsed('kernel', kernelSeenSchema, (options) => this.#options.observer.kernel(options));
  }

  dockerEvents() {
    return this.#parsed('docker events', dockerEventsSeenSchema, (options) =>
      this.#options.observer.dockerEvents(options),
    );
  }

  containers() {
    return this.#docker('/containers/json?all=1', containerListSchema);
  }

  images() {
    return this.#docker('/images/json', imageListSchema);
  }

  /** Null where the container is gone by now. `id` is one that `containers` gave. */
  container(id: string) {
    return this.#docker(`/containers/${id}/json`, containerDetailSchema.nullable());
  }

  /** Null where the image is gone by now. `id` is one that `images` gave, as in `imageHistory`. */
  image(id: string) {
    return this.#docker(`/images/${id}/json`, imageDetailSchema.nullable());
  }

  imageHistory(id: string) {
    return this.#docker(`/images/${id}/history`, imageHistorySchema.nullable());
  }

  volumes() {
    return this.#docker('/volumes', volumeListSchema);
  }

  networks() {
    return this.#docker('/networks', networkListSchema);
  }

  /** An answer of the Docker API as it came, for dotted paths into it; null for 404. */
  rawDocker(path: string): Promise<Observation<unknown>> {
    return this.#docker(path, rawSchema);
  }

  #docker<S extends z.ZodType>(path: string, schema: S): Promise<Observation<z.output<S>>> {
    return this.#parsed(`docker ${path}`, schema, (options) => this.#options.observer.docker(path, options));
  }

  /** A key is always parsed by the same schema, but for Docker's answers, which are also wanted raw. */
  #parsed<S extends z.ZodType>(key: string, schema: S, look: Look): Promise<Observation<z.output<S>>> {
    const parsingKey = schema === (rawSchema as z.ZodType) ? `raw ${key}` : key;
    const known = this.#parsings.get(parsingKey);
    const answer = known ?? this.#once(key, look).then((seen) => parsed(seen, schema));
    if (known === undefined) this.#parsings.set(parsingKey, answer);
    this.#options.onAsked?.(key, answer);
    return answer as Promise<Observation<z.output<S>>>;
  }

  #once(key: string, look: Look): Promise<Observation<unknown>> {
    const known = this.#looks.get(key);
    if (known !== undefined) return known;
    const fresh = this.#withDeadline(look);
    this.#looks.set(key, fresh);
    return fresh;
  }

  async #withDeadline(look: Look): Promise<Observation<unknown>> {
    const { lookDeadlineMs, signal: roundSignal } = this.#options;
    if (roundSignal.aborted) return unreadable('it took too long');
    const deadline = new AbortController();
    const signal = AbortSignal.any([roundSignal, deadline.signal]);
    const timer = setTimeout(() => deadline.abort(), lookDeadlineMs);
    const late = new Promise<Observation<unknown>>((resolve) => {
      signal.addEventListener('abort', () => resolve(unreadable('it took too long')), { once: true });
    });
    try {
      return await Promise.race([look({ signal }), late]);
    } catch (error) {
      if (signal.aborted) return unreadable('it took too long');
      this.#options.onFault(error);
      return unreadable('the look failed');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** An observer is trusted to be ours but not to be right: `ok` itself is looked at with care. */
function parsed<S extends z.ZodType>(seen: Observation<unknown>, schema: S): Observation<z.output<S>> {
  if (typeof seen !== 'object' || seen === null) return unreadable(nonsense);
  if (seen.ok !== true) {
    const why = seen.why === 'docker-down' ? seen.why : 'unreadable';
    return { ok: false, why, reason: typeof seen.reason === 'string' ? seen.reason : nonsense };
  }
  const result = schema.safeParse(seen.value);
  return result.success ? { ok: true, value: result.data } : unreadable(nonsense);
}
