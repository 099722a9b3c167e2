import { say } from '../page/say.ts';
import type { SandboxUsage } from '../../../../protocol/usage.ts';
import { makeElement } from '../page/element.ts';
import { describeBytes } from './byte-text.ts';

/** Above this share a bar asks to be looked at. */
const highShare = 0.9;

interface Reading {
  name: string;
  share: number;
  text: string;
}

function readingsOf(usage: SandboxUsage): Reading[] {
  const { memoryBytes, memoryLimitBytes, diskUsedBytes, diskBytes, pids, pidsLimit } = usage;
  const of = (used: number, whole: number) => say`${describeBytes(used)} of ${describeBytes(whole)}`;
  return [
    { name: say`Memory`, share: memoryBytes / memoryLimitBytes, text: of(memoryBytes, memoryLimitBytes) },
    { name: say`Disk`, share: diskUsedBytes / diskBytes, text: of(diskUsedBytes, diskBytes) },
    { name: say`Processes`, share: pids / pidsLimit, text: say`${pids} of ${pidsLimit}` },
  ];
}

/** Three small bars: memory, disk, processes. */
export class MachineMeter {
  readonly element = makeElement('span', { class: 'machine-meter' });
  readonly #bars = new Map<string, HTMLMeterElement>();

  /** `null`: nothing is known. */
  show(usage: SandboxUsage | null): void {
    this.element.hidden = usage === null;
    if (usage === null) return;
    for (const { name, share, text } of readingsOf(usage)) {
      const bar = this.#bars.get(name) ?? this.#add(name);
      bar.value = Math.min(1, share);
      const label = `${name}: ${text}`;
      bar.setAttribute('aria-label', label);
      if (bar.parentElement) bar.parentElement.title = label;
    }
  }

  #add(name: string): HTMLMeterElement {
    const bar = makeElement('meter', {
      attributes: { min: 0, max: 1, low: highShare, high: highShare, optimum: 0 },
    });
    this.element.append(
      makeElement(
        'span',
        { class: 'meter-item' },
        makeElement('span', { attributes: { 'aria-hidden': 'true' } }, name),
        bar,
      ),
    );
    this.#bars.set(name, bar);
    return bar;
  }
}
