/**
 * Gives each block of the text a `<camp-snippet>` that holds what Copy and Run use: the block without its prompts, and
 * where it stands in the lesson, by which the portal finds what to run. The element stays empty, and takes no room, where
 * there is no JavaScript. A transcript (`console`) gets none.
 */
import type { ExpressiveCodePlugin } from 'astro-expressive-code';
import { h } from 'astro-expressive-code/hast';
import { digestOf, shellLanguages, stripPrompts } from '../../../protocol/run-block.ts';

export function makeSnippetPlugin(): ExpressiveCodePlugin {
  return {
    name: 'Snippets',
    hooks: {
      postprocessRenderedBlock({ codeBlock, renderData }) {
        if (codeBlock.language === 'console') return;
        const isShell = shellLanguages.includes(codeBlock.language);
        const code = isShell ? stripPrompts(codeBlock.code) : codeBlock.code;
        const index = codeBlock.parentDocument?.positionInDocument?.groupIndex;
        const run = isShell && codeBlock.metaOptions.getBoolean('run') === true && index !== undefined;
        renderData.blockAst.children.push(
          h('camp-snippet', {
            'data-code': code,
            'data-run': run ? '' : undefined,
            'data-block': run ? String(index) : undefined,
            'data-digest': run ? digestOf(code) : undefined,
          }),
        );
      },
    },
  };
}
