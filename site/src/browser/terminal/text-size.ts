import { recall, remember } from '../page/preference.ts';
import { Signal } from '../page/signal.ts';

/** Of the terminal's text, pixels. 13 gives the columns that Docker's tables need on an ordinary screen. */
const textSizes = { min: 9, usual: 13, max: 28 } as const;

function clampTextSize(size: number): number {
  return Math.round(Math.min(textSizes.max, Math.max(textSizes.min, size)));
}

/** The size on this device, remembered. */
export class TextSize extends Signal<number> {
  constructor() {
    super(clampTextSize(Number(recall('terminal-text-size')) || textSizes.usual));
  }

  change(by: number): void {
    this.#keep(this.value + by);
  }

  restore(): void {
    this.#keep(textSizes.usual);
  }

  #keep(size: number): void {
    const kept = clampTextSize(size);
    remember('terminal-text-size', kept === textSizes.usual ? null : String(kept));
    this.set(kept);
  }
}
