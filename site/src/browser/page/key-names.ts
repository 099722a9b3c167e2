import { say } from './say.ts';

/** As they stand on the reader's keyboard. */
const names: Readonly<Record<string, string>> = {
  Ctrl: say`Ctrl`,
  Shift: say`Shift`,
  Enter: say`Enter`,
  Insert: say`Insert`,
  Delete: say`Delete`,
};

/** `Ctrl+Shift+Enter`, in the language of the page. */
export function nameKeys(keys: string): string {
  return keys.replaceAll(/[A-Z][a-z]+/g, (word) => names[word] ?? word);
}
