import { say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { makeButton, makeElement } from '../page/element.ts';
import { describeBytes } from '../machine/byte-text.ts';
import type { Transfer, TransferState } from './transfer.ts';

/** For how long what went well is shown. */
const doneForMs = 6_000;

/** The files on their way, below the terminal: how far, how to stop, and what went wrong in words. */
export class TransferList {
  readonly element = makeElement('ul', {
    class: 'panel-transfers',
    attributes: { 'aria-label': say`Files on their way` },
  });

  constructor() {
    this.element.hidden = true;
  }

  /** Resolves when it is over, one way or another. */
  show(transfer: Transfer): Promise<void> {
    const text = makeElement('p', {});
    const bar = makeElement('progress', { attributes: { 'aria-label': transfer.name } });
    const buttons = makeElement('span', { class: 'transfer-buttons' });
    const row = makeElement('li', {}, text, bar, buttons);
    this.element.append(row);
    this.element.hidden = false;
    const remove = (): void => {
      row.remove();
      this.element.hidden = this.element.childElementCount === 0;
    };
    const cancel = makeButton(say`Cancel`, { class: 'button is-small', onPress: () => transfer.cancel() });
    buttons.append(cancel);
    return new Promise((resolve) => {
      transfer.state.watch((state) => {
        text.textContent = describeTransfer(transfer, state);
        if (state.kind === 'moving') return showProgress(bar, state);
        bar.remove();
        row.dataset.state = state.kind;
        if (state.kind !== 'cancelled') announce(text.textContent);
        buttons.replaceChildren(makeButton(say`Dismiss`, { class: 'button is-small', onPress: remove }));
        const { replace } = transfer;
        if (state.kind === 'failed' && state.exists && replace) {
          const again = (): void => {
            remove();
            void this.show(replace());
          };
          buttons.prepend(
            makeButton(say`Replace it`, { class: 'button is-small is-danger', onPress: again }),
          );
        }
        if (state.kind === 'cancelled') remove();
        if (state.kind === 'done') setTimeout(remove, doneForMs);
        resolve();
      });
    });
  }

  /** Says why nothing was begun. */
  refuse(name: string, why: string): void {
    const remove = (): void => {
      row.remove();
      this.element.hidden = this.element.childElementCount === 0;
    };
    const row = makeElement(
      'li',
      { attributes: { 'data-state': 'failed' } },
      makeElement('p', {}, `${name}: ${why}`),
      makeButton(say`Dismiss`, { class: 'button is-small', onPress: remove }),
    );
    this.element.append(row);
    this.element.hidden = false;
    announce(`${name}: ${why}`);
  }
}

function showProgress(bar: HTMLProgressElement, state: Extract<TransferState, { kind: 'moving' }>): void {
  if (state.totalBytes === null || state.totalBytes === 0) return bar.removeAttribute('value');
  bar.value = state.doneBytes / state.totalBytes;
}

export function describeTransfer(
  { name, way }: Pick<Transfer, 'name' | 'way'>,
  state: TransferState,
): string {
  switch (state.kind) {
    case 'moving': {
      const of = state.totalBytes === null ? '' : say` of ${describeBytes(state.totalBytes)}`;
      const direction = way === 'in' ? say`into the machine` : say`out of the machine`;
      return `${name} ${direction}: ${describeBytes(state.doneBytes)}${of}`;
    }
    case 'done':
      return way === 'in' ? say`${name} is in the machine: ${state.text}` : say`Downloaded: ${state.text}`;
    case 'cancelled':
      return say`${name} was cancelled.`;
    case 'failed':
      return `${name}: ${state.text}`;
  }
}
