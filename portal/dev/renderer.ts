/** Asks Astro's own server for a lesson as it is written now; only that server knows what has changed. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { relative } from 'node:path';
import type { CourseFault, LessonRendering } from '../../protocol/dev-api.ts';

export interface RendererOptions {
  /** Of Astro's server, on this computer. */
  url: string;
  contentDir: string;
}

/** Astro takes half a second to take up what was saved. */
const patienceMs = 3_000;
const startPatienceMs = 30_000;
const lookAgainMs = 50;
const errorPatienceMs = 1_500;
const maxPageBytes = 8 * 1024 * 1024;

export class Renderer {
  readonly #options: RendererOptions;
  #wasThere = false;

  constructor(options: RendererOptions) {
    this.#options = options;
  }

  /** Resolves once the lesson is another than the one of the hash, has a fault, or patience has ended. */
  async render(pagePath: string, after: string, signal: AbortSignal): Promise<LessonRendering> {
    const beganMs = performance.now();
    const endMs = beganMs + patienceMs;
    for (;;) {
      while (!(await this.#isThere(signal)) && performance.now() < beganMs + startPatienceMs) {
        await delay(lookAgainMs, undefined, { signal });
      }
      const rendering = await this.#render(pagePath, signal);
      if (rendering.fault !== null || rendering.hash !== after) return rendering;
      if (performance.now() > endMs) return { ...rendering, html: null };
      await delay(lookAgainMs, undefined, { signal });
    }
  }

  /** It starts beside the course, and takes longer. */
  async #isThere(signal: AbortSignal): Promise<boolean> {
    this.#wasThere ||= await fetch(new URL('/__camp/last-error', this.#options.url), { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    return this.#wasThere;
  }

  async #render(pagePath: string, signal: AbortSignal): Promise<LessonRendering> {
    // An error is told once, and may have come twice: what is left of it is no error of this rendering.
    await fetch(new URL('/__camp/last-error', this.#options.url), { signal }).catch(() =>
      signal.throwIfAborted(),
    );
    const answer = await fetch(new URL(pagePath, this.#options.url), { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      return error as Error;
    });
    if (answer instanceof Error) return faulty(`the pages cannot be rendered now: ${answer.message}`);
    const page = (await answer.text()).slice(0, maxPageBytes);
    const [article] = /<article class="prose"[\s\S]*<\/article>/.exec(page) ?? [];
    if (answer.ok && article !== undefined) {
      // Where a module lies on this computer is of no use to the page, and differs from what was built.
      const html = article.replaceAll(/<script\b[^>]*\bsrc="\/@[^>]*><\/script>/g, '');
      return { html, hash: createHash('sha256').update(html).digest('hex').slice(0, 16), fault: null };
    }
    if (answer.status === 404) return faulty(`there is no page ${pagePath} yet`);
    return { html: null, hash: '', fault: await this.#lastError(signal) };
  }

  /** Astro tells of an error a moment after the page has failed. */
  async #toldError(signal: AbortSignal): Promise<ToldError> {
    const endMs = performance.now() + errorPatienceMs;
    for (;;) {
      const answer = await fetch(new URL('/__camp/last-error', this.#options.url), { signal });
      const told = (await answer.json()) as ToldError;
      if (told.message !== undefined || performance.now() > endMs) return told;
      await delay(lookAgainMs, undefined, { signal });
    }
  }

  async #lastError(signal: AbortSignal): Promise<CourseFault> {
    const { message, file, line, column } = await this.#toldError(signal);
    return {
      file: relativeTo(this.#options.contentDir, file ?? ''),
      line: line ?? null,
      column: column ?? null,
      message: message ?? 'the page could not be rendered; the terminal of `npm run dev` says why',
      guide: 'lessons',
    };
  }
}

interface ToldError {
  message?: string;
  file?: string;
  line?: number;
  column?: number;
}

/** The renderer sees the same folder under another path. */
function relativeTo(contentDir: string, file: string): string {
  const at = file.search(/\/content\/(?:modules|languages)\//);
  if (at !== -1) return file.slice(at + '/content/'.length);
  const path = relative(contentDir, file);
  // A file of the program is nothing that an author can mend.
  return path.startsWith('..') ? '' : path;
}

function faulty(message: string): LessonRendering {
  return { html: null, hash: '', fault: { file: '', line: null, column: null, message, guide: null } };
}
