/**
 * Colours of code, light and dark: the same hues as the terminal's in `styles/tokens.css`, so that a transcript in the text
 * and the terminal beside it look alike.
 */
import type { ThemeObjectOrShikiThemeName } from 'astro-expressive-code';

interface CodeColours {
  name: string;
  type: 'light' | 'dark';
  paper: string;
  ink: string;
  comment: string;
  string: string;
  keyword: string;
  command: string;
  constant: string;
  option: string;
}

function makeTheme(colours: CodeColours): ThemeObjectOrShikiThemeName {
  const { name, type, paper, ink } = colours;
  const token = (scope: string[], foreground: string, fontStyle?: string) => ({
    scope,
    settings: fontStyle === undefined ? { foreground } : { foreground, fontStyle },
  });
  return {
    name,
    type,
    colors: { 'editor.background': paper, 'editor.foreground': ink },
    settings: [
      { settings: { foreground: ink, background: paper } },
      token(['comment', 'punctuation.definition.comment'], colours.comment, 'italic'),
      token(
        ['string', 'string.quoted', 'string.unquoted.heredoc', 'punctuation.definition.string'],
        colours.string,
      ),
      token(['string.unquoted.argument'], ink),
      token(['keyword', 'storage', 'keyword.control', 'keyword.operator'], colours.keyword),
      token(
        ['entity.name.function', 'support.function', 'entity.name.command', 'entity.name.tag'],
        colours.command,
      ),
      token(
        ['constant.numeric', 'constant.language', 'variable', 'support.type.property-name'],
        colours.constant,
      ),
      token(['constant.other.option', 'entity.other.attribute-name'], colours.option),
      token(
        ['entity.other.attribute-name.shellsession', 'punctuation.separator.prompt.shell-session'],
        colours.comment,
      ),
      token(['meta.output.shellsession', 'meta.output.shell-session'], colours.comment),
    ],
  };
}

export const lightCodeTheme = makeTheme({
  name: 'chrootcamp-day',
  type: 'light',
  paper: '#fbfcfa',
  ink: '#16281f',
  comment: '#5c6d64',
  string: '#1b7a3f',
  keyword: '#8a3a8f',
  command: '#a83c0b',
  constant: '#10737a',
  option: '#1f5fa8',
});

export const darkCodeTheme = makeTheme({
  name: 'chrootcamp-night',
  type: 'dark',
  paper: '#0a1310',
  ink: '#dfe8e2',
  comment: '#8ba096',
  string: '#6fd08c',
  keyword: '#d79be0',
  command: '#ff9a6b',
  constant: '#66cdd0',
  option: '#79b4f2',
});
