import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';

const longestName = 40;

/** A name as it may be given: one line, no control characters; null for none. */
export function cleanName(text: string): string | null {
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longestName)
    .trim();
  return clean === '' ? null : clean;
}

/** Puts a field in the place of a tab's label. Enter and leaving it keep the name, Escape does not. */
export function editName(options: {
  tab: HTMLElement;
  name: string;
  onEnd: (name: string | null | undefined) => void;
}): void {
  const field = makeElement('input', {
    class: 'tab-name',
    attributes: { 'aria-label': say`Name of the terminal`, maxlength: longestName, spellcheck: 'false' },
  });
  field.value = options.name;
  let over = false;
  const end = (name: string | null | undefined): void => {
    if (over) return;
    over = true;
    field.replaceWith(options.tab);
    options.onEnd(name);
  };
  field.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Enter') end(cleanName(field.value));
    else if (event.key === 'Escape') end(undefined);
  });
  field.addEventListener('blur', () => end(cleanName(field.value)));
  options.tab.replaceWith(field);
  field.focus();
  field.select();
}
