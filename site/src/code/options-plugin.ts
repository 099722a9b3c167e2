/** Keeps options (`-i`) of a wrapped command in one piece, see `text/unbroken.ts`. */
import type { ExpressiveCodePlugin } from 'astro-expressive-code';
import { selectAll, setProperty, toText } from 'astro-expressive-code/hast';
import { isOption } from '../text/unbroken.ts';

export function makeOptionsPlugin(): ExpressiveCodePlugin {
  return {
    name: 'Options',
    hooks: {
      postprocessRenderedLine({ renderData }) {
        for (const token of selectAll('span', renderData.lineAst))
          // No class: expressive-code colours what has none.
          if (isOption(toText(token))) setProperty(token, 'data-unbroken', '');
      },
    },
  };
}
