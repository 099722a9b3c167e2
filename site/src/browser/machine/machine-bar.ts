import { say } from '../page/say.ts';
import { makeButton, makeElement } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { MachineMeter } from './machine-meter.ts';
import { describeDocker, describeMachine, type Lamp } from './machine-text.ts';

/** `<camp-machine-bar>`: the state of machine and Docker, and the two buttons that change it. */
export class MachineBar extends HTMLElement {
  readonly #machineLamp = makeElement('span', { class: 'lamp' });
  readonly #dockerLamp = makeElement('span', { class: 'lamp' });
  readonly #meter = new MachineMeter();
  readonly #startDocker = makeButton(say`Start Docker`, {
    class: 'button is-small is-primary',
    onPress: () => void lessonPage.machine.startDocker(),
  });
  readonly #reset = makeButton(say`Reset machine`, {
    class: 'button is-small is-quiet machine-reset',
    onPress: () => void this.#confirmReset(),
  });

  connectedCallback(): void {
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', say`Machine`);
    this.replaceChildren(
      this.#machineLamp,
      this.#dockerLamp,
      this.#startDocker,
      this.#meter.element,
      this.#reset,
    );
    lessonPage.machine.usage.watch((usage) => this.#meter.show(usage));
    lessonPage.machine.state.watch(() => this.#show());
    lessonPage.machine.task.watch(() => this.#show());
  }

  #show(): void {
    const { state, task } = lessonPage.machine;
    showLamp(this.#machineLamp, describeMachine(state.value, task.value));
    showLamp(this.#dockerLamp, describeDocker(state.value, task.value));
    this.#startDocker.hidden =
      task.value !== null || state.value?.status !== 'running' || state.value.docker !== 'stopped';
    this.#reset.disabled = task.value !== null;
    this.#reset.hidden =
      task.value === 'starting' || state.value === null || ['none', 'queued'].includes(state.value.status);
  }

  async #confirmReset(): Promise<void> {
    const confirmed = await showDialog({
      title: say`Replace your machine by a fresh one?`,
      content: [
        makeElement('p', {}, say`These go with the old machine, and cannot be brought back:`),
        makeElement(
          'ul',
          {},
          makeElement('li', {}, say`every file you made or changed in it, your home directory included`),
          makeElement('li', {}, say`its containers, images, volumes and networks`),
          makeElement('li', {}, say`your terminals, and what runs in them`),
        ),
        makeElement('p', {}, say`Exercises you have earned stay earned.`),
      ],
      confirm: say`Replace it`,
      danger: true,
    });
    if (confirmed) await lessonPage.machine.reset();
  }
}

function showLamp(element: HTMLElement, lamp: Lamp | null): void {
  element.hidden = lamp === null;
  if (lamp === null) return;
  element.dataset.tone = lamp.tone;
  if (element.textContent !== lamp.text) element.textContent = lamp.text;
}
