/** The built pages while the course is written on: taken up each time they have been built again. */
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Log } from '../log.ts';
import { Site } from '../site/site.ts';

/** Says to the page's script that there is a workbench to be loaded. */
export function markedForAuthors(name: string, body: Buffer): Buffer {
  if (!name.endsWith('.html')) return body;
  return Buffer.from(body.toString('utf8').replace(/<html\b/, '<html data-dev'));
}

/** `site.stamp` is written when a build is whole. */
export function followSite(options: {
  siteDir: string;
  site: Site;
  log: Log;
  onBuilt: () => void;
}): Disposable {
  const { siteDir, site, log, onBuilt } = options;
  const stamp = `${basename(siteDir)}.stamp`;
  const takeUp = async (): Promise<void> => {
    site.replaceBy(await Site.load(siteDir, { adapt: markedForAuthors }));
    onBuilt();
  };
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(siteDir), (_event, file) => {
    if (file !== stamp) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // The stamp goes when the next build begins: that one is taken up when it is whole.
      takeUp().catch((error: unknown) => log.info({ err: error }, 'the pages are not whole now'));
    }, 100);
  });
  watcher.on('error', (error) => log.warn({ err: error }, 'cannot watch the pages'));
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
