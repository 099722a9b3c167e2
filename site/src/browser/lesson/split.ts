import { say } from '../page/say.ts';
import { recall, remember } from '../page/preference.ts';
import { clampSplit, moveSplit, splitRange } from './split-position.ts';

/** `<camp-split>`: the bar between lesson and terminal, moved by pointer or keys, kept for the next page. */
export class Split extends HTMLElement {
  #percent: number = clampSplit(Number(recall('split')) || splitRange.usual);

  connectedCallback(): void {
    this.#apply(this.#percent);
    this.addEventListener('keydown', (event) => {
      const target = moveSplit(this.#percent, event.key);
      if (target === null) return;
      event.preventDefault();
      this.#apply(target);
      this.#keep();
    });
    this.addEventListener('pointerdown', (event) => this.#startDrag(event));
    this.addEventListener('pointermove', (event) => {
      if (!this.hasPointerCapture(event.pointerId)) return;
      this.#apply((event.clientX / document.documentElement.clientWidth) * 100);
    });
    for (const type of ['pointerup', 'pointercancel'] as const)
      this.addEventListener(type, () => this.#endDrag());
    this.addEventListener('dblclick', () => {
      this.#apply(splitRange.usual);
      this.#keep();
    });
  }

  #startDrag(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    this.toggleAttribute('data-dragging', true);
    document.body.classList.add('is-dragging-split');
  }

  #endDrag(): void {
    this.toggleAttribute('data-dragging', false);
    document.body.classList.remove('is-dragging-split');
    this.#keep();
  }

  #apply(percent: number): void {
    this.#percent = clampSplit(percent);
    document.documentElement.style.setProperty('--split', `${this.#percent}%`);
    this.setAttribute('aria-valuenow', String(this.#percent));
    this.setAttribute('aria-valuetext', say`${this.#percent} percent for the lesson`);
  }

  #keep(): void {
    remember('split', this.#percent === splitRange.usual ? null : String(this.#percent));
  }
}
