import { say } from './say.ts';
import { recall, remember } from './preference.ts';

const choices = ['system', 'light', 'dark'] as const;
type Choice = (typeof choices)[number];

/** `<camp-theme-toggle>`: light, dark, or as the system has it. The script in the page's head applies it at load. */
export class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    const stored = recall('theme');
    this.#show(stored === 'light' || stored === 'dark' ? stored : 'system');
    this.querySelector('button')?.addEventListener('click', () => {
      const next = choices[(choices.indexOf(this.dataset.choice as Choice) + 1) % choices.length] ?? 'system';
      remember('theme', next === 'system' ? null : next);
      if (next === 'system') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = next;
      this.#show(next);
    });
  }

  #show(choice: Choice): void {
    this.dataset.choice = choice;
    const names = { system: say`as the system has it`, light: say`light`, dark: say`dark` };
    const label = say`Colours: ${names[choice]}`;
    const button = this.querySelector('button');
    button?.setAttribute('aria-label', label);
    if (button) button.title = label;
  }
}
