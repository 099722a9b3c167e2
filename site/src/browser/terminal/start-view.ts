import { say, sayKnown } from '../page/say.ts';
import type { SandboxState } from '../../../../protocol/portal-api.ts';
import { describeStopped } from '../machine/lifetime-text.ts';
import { describeQueue } from '../machine/queue-text.ts';
import type { MachineTask } from '../machine/machine.ts';
import { announce } from '../page/announcer.ts';
import { makeButton, makeElement } from '../page/element.ts';

export interface StartViewState {
  state: SandboxState | null;
  task: MachineTask | null;
  fault: string | null;
}

/** What stands in the terminal's place while there is no machine to show; null when there is one. */
export function describeStart({
  state,
  task,
  fault,
}: StartViewState): { title: string; text: string; start?: string } | null {
  if (task === 'resetting')
    return { title: say`Breaking camp`, text: say`Your old machine goes, a fresh one comes.` };
  if (task === 'going-back')
    return {
      title: say`Going back`,
      text: say`Your machine becomes what it was at the start of the exercise.`,
    };
  if (state?.status === 'running') return null;
  if (state?.queue) return describeQueue(state.queue);
  if (task === 'starting' || state === null) {
    const trouble = fault ?? (state?.status === 'unavailable' ? state.message : undefined);
    return trouble === undefined
      ? { title: say`Pitching your camp`, text: say`A Linux machine of your own is starting.` }
      : { title: say`Not yet`, text: say`${sayKnown(trouble)} This page tries again by itself.` };
  }
  if (state.status === 'stopped') {
    const why = state.message === undefined ? '' : `${sayKnown(state.message)} `;
    const text = `${why}${describeStopped(state.stopped)}`;
    return { title: say`Your machine is stopped`, text, start: say`Resume` };
  }
  if (state.status === 'unavailable') {
    const reason = sayKnown(state.message) ?? say`Your machine cannot be reached at the moment.`;
    return { title: say`One moment`, text: say`${reason} This page goes on by itself.` };
  }
  if (state.status === 'starting')
    return { title: say`Pitching your camp`, text: say`Your machine is starting.` };
  return {
    title: say`Your machine is gone`,
    text: sayKnown(state.message) ?? say`It was removed. What you have earned stays earned.`,
    start: say`Start a fresh machine`,
  };
}

/** Shows that in the panel. */
export class StartView {
  readonly element = makeElement('div', { class: 'panel-start' });
  readonly #onStart: () => void;
  #shown = '';

  constructor(options: { onStart: () => void }) {
    this.#onStart = options.onStart;
  }

  show(state: StartViewState): void {
    const view = describeStart(state);
    this.element.hidden = view === null;
    const shown = JSON.stringify(view);
    if (view === null || shown === this.#shown) return;
    this.#shown = shown;
    if (state.state?.queue) announce(`${view.title}. ${view.text}`);
    this.element.replaceChildren(
      drawTent(view.start === undefined),
      makeElement('p', { class: 'title' }, view.title),
      makeElement('p', {}, view.text),
    );
    if (view.start !== undefined) {
      this.element.append(makeButton(view.start, { class: 'button is-primary', onPress: this.#onStart }));
    }
  }
}

function drawTent(moving: boolean): Node {
  const template = document.createElement('template');
  // A constant drawing, nothing of it from outside.
  template.innerHTML = `<svg class="pitching" viewBox="0 0 88 60" fill="none" stroke-width="6" aria-hidden="true">
    <path class="ground" stroke-width="2" d="M2 56h84"/>
    <path class="pole is-second" d="M40 8 70 54"/><path class="pole" d="M14 54 46 4"/>
    <path class="cursor" d="M36 46h13v9H36z"/></svg>`;
  if (!moving) template.content.querySelector('.pitching')?.classList.add('is-still');
  return template.content;
}
