import { makeElement } from './element.ts';

/** Copies by selection, since the clipboard interface is refused on plain HTTP, as in a classroom. Returns whether it did. */
export function copyText(text: string): boolean {
  const focused = document.activeElement;
  const area = makeElement('textarea', { class: 'visually-hidden', attributes: { 'aria-hidden': 'true' } });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
