import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CodedError } from '../../protocol/errors.ts';
import { SiteFile } from './site-file.ts';

export interface SiteOptions {
  /** What is served in the place of a file's own bytes. */
  adapt?: (name: string, body: Buffer) => Buffer;
}

function unchanged(_name: string, body: Buffer): Buffer {
  return body;
}

/** The built site as it was when the portal started. A few megabytes: nothing is read from disk, or outside of it, later. */
export class Site {
  #files: ReadonlyMap<string, SiteFile>;

  private constructor(files: ReadonlyMap<string, SiteFile>) {
    this.#files = files;
  }

  /** Throws BUILD_FAILED where there is no built site. */
  static async load(siteDir: string, { adapt = unchanged }: SiteOptions = {}): Promise<Site> {
    const entries = await readdir(siteDir, { recursive: true, withFileTypes: true }).catch(
      (cause: unknown) => {
        throw new CodedError(
          'BUILD_FAILED',
          `there is no built site at ${siteDir}; build it with npm run build`,
          { cause },
        );
      },
    );
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const files = new Map<string, SiteFile>();
    for (const path of paths) {
      const name = `/${relative(siteDir, path).split(sep).join('/')}`;
      files.set(name, new SiteFile(name, adapt(name, await readFile(path))));
    }
    if (!files.has('/index.html')) {
      throw new CodedError(
        'BUILD_FAILED',
        `${siteDir} holds no index.html; build the site with npm run build`,
      );
    }
    return new Site(files);
  }

  /** It was built again: from now on these are its files. */
  replaceBy(other: Site): void {
    this.#files = other.#files;
  }

  /** `file` for a path of a URL (no query); `redirect` where only the slash at the end is missing. */
  find(urlPath: string): { file: SiteFile } | { redirect: string } | null {
    let path: string;
    try {
      path = decodeURIComponent(urlPath);
    } catch {
      return null;
    }
    const file = this.#files.get(path.endsWith('/') ? `${path}index.html` : path);
    if (file) return { file };
    // Only a path that is a page redirects, so `//host` never becomes a target.
    return this.#files.has(`${path}/index.html`) ? { redirect: `${urlPath}/` } : null;
  }

  /** In the language that the path begins with, where the site has it: Astro puts only the outermost at `/404.html`. */
  notFoundPage(urlPath: string): SiteFile | null {
    const language = urlPath.split('/', 2)[1];
    return this.#files.get(`/${language}/404/index.html`) ?? this.#files.get('/404.html') ?? null;
  }
}
