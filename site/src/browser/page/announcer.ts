import { makeElement } from './element.ts';

let region: HTMLElement | undefined;

/** Says a sentence to assistive technology, when it has finished what it is saying. */
export function announce(sentence: string): void {
  region ??= document.body.appendChild(
    makeElement('div', { class: 'visually-hidden', attributes: { role: 'status', 'aria-live': 'polite' } }),
  );
  const line = makeElement('p', {}, sentence.replaceAll('`', ''));
  region.append(line);
  // Old lines go, or the region would be read out whole when someone browses to it.
  while (region.childElementCount > 6) region.firstElementChild?.remove();
}
