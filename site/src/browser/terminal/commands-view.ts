import { say } from '../page/say.ts';
import { makeButton, makeElement } from '../page/element.ts';
import type { Command } from './command-log.ts';
import { describeResult } from './command-text.ts';
import type { Shell } from './shell.ts';

/** Lines of one output that are shown; a screen reader would read no more. */
const mostLines = 400;
const mostCommands = 50;

/**
 * What the terminal holds as a document: a heading for each command, its output below it as text. Opened by a button before
 * the terminal, and in its place until it is closed.
 */
export class CommandsView {
  readonly element = makeElement('section', {
    class: 'commands-view',
    attributes: { 'aria-label': say`The terminal as text`, tabindex: -1 },
  });
  readonly #shell: () => Shell | null;
  readonly #stage: HTMLElement;
  readonly #onToggle: () => void;
  #opener: HTMLElement | null = null;

  constructor(options: { shell: () => Shell | null; stage: HTMLElement; onToggle: () => void }) {
    const { shell, stage, onToggle } = options;
    this.#shell = shell;
    this.#stage = stage;
    this.#onToggle = onToggle;
    this.element.hidden = true;
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  open(): void {
    this.#opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.#fill();
    this.element.hidden = false;
    this.#stage.toggleAttribute('data-as-text', true);
    this.#onToggle();
    this.element.querySelector('h2')?.focus();
    this.element.scrollTop = this.element.scrollHeight;
  }

  close(): void {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#stage.removeAttribute('data-as-text');
    this.#onToggle();
    this.#opener?.focus();
  }

  /** Another shell came to the front. */
  follow(): void {
    if (this.isOpen) this.#fill();
  }

  #fill(): void {
    const shell = this.#shell();
    const log = shell?.emulator?.log;
    const commands = log?.commands.value.filter((one) => !one.prompt.isDisposed).slice(-mostCommands) ?? [];
    const title = makeElement(
      'h2',
      { attributes: { tabindex: -1 } },
      say`${shell?.label ?? say`Terminal`} as text`,
    );
    const buttons = makeElement(
      'div',
      { class: 'commands-view-buttons' },
      makeButton(say`Read it anew`, { class: 'button is-small', onPress: () => this.#refresh() }),
      makeButton(say`Back to the terminal`, { class: 'button is-small', onPress: () => this.close() }),
    );
    const body =
      commands.length > 0 && log
        ? commands.map((command) => makeArticle(command, log.outputOf(command)))
        : [
            makeElement('p', {}, say`No command is known here, so this is all that the terminal shows.`),
            this.#whole(),
          ];
    this.element.replaceChildren(title, buttons, ...body);
  }

  #refresh(): void {
    this.#fill();
    this.element.querySelector('h2')?.focus();
  }

  #whole(): HTMLElement {
    const text = this.#shell()?.emulator?.readText().split('\n').slice(-mostLines).join('\n');
    return makeElement('pre', {}, text || say`The terminal is empty.`);
  }
}

function makeArticle(command: Command, output: string): HTMLElement {
  const lines = output.split('\n');
  const shown = lines.slice(-mostLines).join('\n');
  const left = lines.length - mostLines;
  return makeElement(
    'article',
    {},
    makeElement('h3', {}, command.text || say`Command`),
    makeElement(
      'p',
      { class: 'command-result', attributes: { 'data-bad': (command.exitCode ?? 0) !== 0 } },
      say`It ${describeResult(command)}.`,
    ),
    left > 0 && makeElement('p', {}, say`The last ${mostLines} lines; ${left} above them are left out.`),
    output === '' ? makeElement('p', {}, say`It printed nothing.`) : makeElement('pre', {}, shown),
  );
}
