/**
 * Gives each block of the text a `<camp-snippet>` that holds what Copy and Run use: the block without its prompts. The
 * element stays empty, and takes no room, where there is no JavaScript. A transcript (`console`) gets none.
 */
import type { ExpressiveCodePlugin } from 'astro-expressive-code';
import { h } from 'astro-expressive-code/hast';
import { stripPrompts } from '../text/prompts.ts';

const shells: readonly string[] = ['sh', 'bash', 'shell'];

export function makeSnippetPlugin(): ExpressiveCodePlugin {
  return {
    name: 'Snippets',
    hooks: {
      postprocessRenderedBlock({ codeBlock, renderData }) {
        if (codeBlock.language === 'console') return;
        const isShell = shells.includes(codeBlock.language);
        const code = isShell ? stripPrompts(codeBlock.code) : codeBlock.code;
        const run = isShell && codeBlock.metaOptions.getBoolean('run') === true;
        renderData.blockAst.children.push(
          h('camp-snippet', { 'data-code': code, 'data-run': run ? '' : undefined }),
        );
      },
    },
  };
}
