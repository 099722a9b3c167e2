import mdx from '@astrojs/mdx';
import expressiveCode from 'astro-expressive-code';
import { defineConfig } from 'astro/config';
import packageFile from './package.json' with { type: 'json' };
import { lastErrorIntegration } from './site/src/dev/last-error.ts';
import { codeBlockOptions } from './site/src/code/code-blocks.ts';

// Another course than the program's own is built from a copy in dist, with a cache of its own.
const content = process.env.CHROOTCAMP_CONTENT ?? 'content';
// The author's server must see what changes in dist; Vite looks away from a folder that it may empty.
const isDev = process.env.CHROOTCAMP_DEV !== undefined;

export default defineConfig({
  srcDir: './site/src',
  publicDir: './site/public',
  outDir: './dist/site',
  ...(content !== 'content' && { cacheDir: `./${content}/../cache` }),
  output: 'static',
  trailingSlash: 'always',
  // Keeps the spaces between words and links that stand on two lines.
  compressHTML: true,
  integrations: [expressiveCode(codeBlockOptions), mdx(), ...(isDev ? [lastErrorIntegration()] : [])],
  // Every script but the theme's stays a file, so that the portal's content security policy can be strict.
  build: { inlineStylesheets: 'never' },
  // The tokens are written with light-dark(): leave it to the browser.
  vite: {
    define: { 'import.meta.env.CAMP_VERSION': JSON.stringify(packageFile.version) },
    build: {
      ...(isDev && { emptyOutDir: false }),
      assetsInlineLimit: 0,
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    },
  },
  devToolbar: { enabled: false },
});
