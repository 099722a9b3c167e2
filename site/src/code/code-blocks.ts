/** How code in lessons is shown: see `styles/code.css` for the frames. */
import type { AstroExpressiveCodeOptions } from 'astro-expressive-code';
import { makeOptionsPlugin } from './options-plugin.ts';
import { makeSnippetPlugin } from './snippet-plugin.ts';
import { darkCodeTheme, lightCodeTheme } from './themes.ts';

export const codeBlockOptions: AstroExpressiveCodeOptions = {
  themes: [lightCodeTheme, darkCodeTheme],
  themeCssSelector: (theme) => `[data-theme='${theme.type}']`,
  useDarkModeMediaQuery: true,
  minSyntaxHighlightingColorContrast: 4.5,
  plugins: [makeSnippetPlugin(), makeOptionsPlugin()],
  // What is said of a block for who hears the page: in the language of its lesson.
  getBlockLocale: ({ file }) => /\/languages\/([a-z-]+)\//.exec(file.path ?? '')?.[1],
  frames: { showCopyToClipboardButton: false, extractFileNameFromCode: false },
  // Wrapped rather than scrolled: a block that scrolls sideways is out of the keyboard's reach, and of a thumb's.
  defaultProps: { wrap: true, overridesByLang: { 'sh,bash,shell': { frame: 'none' } } },
  styleOverrides: {
    borderRadius: 'var(--radius-md)',
    borderColor: 'var(--line)',
    borderWidth: '1px',
    codeFontFamily: 'var(--font-code)',
    codeFontSize: '0.875rem',
    codeLineHeight: '1.65',
    codePaddingInline: '1.1rem',
    codePaddingBlock: '0.85rem',
    codeBackground: 'var(--term-paper)',
    uiFontFamily: 'var(--font-text)',
    frames: {
      frameBoxShadowCssValue: 'none',
      terminalBackground: 'var(--term-paper)',
      terminalTitlebarBackground: 'var(--surface)',
      terminalTitlebarBorderBottomColor: 'var(--line)',
      terminalTitlebarDotsOpacity: '0.35',
      editorTabBarBackground: 'var(--surface)',
      editorActiveTabBackground: 'var(--term-paper)',
      editorActiveTabIndicatorTopColor: 'var(--signal)',
    },
  },
};
