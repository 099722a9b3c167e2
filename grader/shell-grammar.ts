/** Words of the shell's grammar that stand before a command, and run nothing themselves (POSIX, Shell Command Language, 2.4). */
export const shellGrammar: readonly string[] = [
  '!',
  '{',
  '}',
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'do',
  'done',
];
