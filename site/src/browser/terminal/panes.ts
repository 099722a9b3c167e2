import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import { clampDivider, dividerRange, moveDivider } from './desk.ts';
import type { Shell } from './shell.ts';
import type { Shells } from './shells.ts';

/** Lays the shells out on the stage: one, or two side by side with a divider that pointer and keys move. */
export function layOutPanes({ stage, shells }: { stage: HTMLElement; shells: Shells }): void {
  const divider = makeElement('div', {
    class: 'pane-divider',
    attributes: {
      role: 'separator',
      tabindex: 0,
      'aria-orientation': 'vertical',
      'aria-label': say`Width of the left terminal`,
      'aria-valuemin': dividerRange.min,
      'aria-valuemax': dividerRange.max,
    },
  });
  stage.append(divider);

  const move = (percent: number): void => shells.percent.set(clampDivider(percent));

  divider.addEventListener('keydown', (event) => {
    const target = moveDivider(shells.percent.value, event.key);
    if (target === null) return;
    event.preventDefault();
    move(target);
  });
  divider.addEventListener('dblclick', () => move(dividerRange.usual));
  divider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    divider.setPointerCapture(event.pointerId);
    stage.toggleAttribute('data-dragging', true);
  });
  divider.addEventListener('pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const box = stage.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100);
  });
  for (const type of ['pointerup', 'pointercancel'] as const)
    divider.addEventListener(type, () => stage.removeAttribute('data-dragging'));

  /** The order of Tab is that of the eye: left, divider, right. A pane is moved only where it must be: that takes its focus. */
  function inReadingOrder(left: Shell, right: Shell): void {
    left.pane.after(divider);
    const isBehind = divider.compareDocumentPosition(right.pane) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (isBehind) return;
    const hadFocus = right.pane.contains(document.activeElement);
    divider.after(right.pane);
    if (hadFocus) right.focus();
  }

  function show(): void {
    const { left, right } = shells.shown.value;
    stage.toggleAttribute('data-split', right !== null);
    divider.hidden = right === null;
    if (left && right) inReadingOrder(left, right);
    for (const shell of shells.list.value) {
      shell.setShown(shell === left || shell === right);
      shell.pane.dataset.side = shell === right ? 'right' : 'left';
      shell.pane.classList.toggle('is-active', shell === shells.active.value);
    }
  }

  shells.percent.watch((percent) => {
    stage.style.setProperty('--pane-split', `${percent}%`);
    divider.setAttribute('aria-valuenow', String(percent));
    divider.setAttribute('aria-valuetext', say`${percent} percent for the left terminal`);
  });
  shells.shown.watch(show);
  shells.active.watch(show);
  shells.list.watch(show);
}
