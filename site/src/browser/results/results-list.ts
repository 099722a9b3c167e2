import { say } from '../page/say.ts';
import { explain, portal } from '../page/portal.ts';
import { helpText, stateText } from './result-text.ts';

/** `<camp-results>`: fills in what was done of each exercise. */
export class ResultsList extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const facts = this.querySelector<HTMLElement>('[data-part="facts"]');
    if (facts) facts.textContent = say`Looking up your results.`;
    try {
      // Who was never here before becomes somebody first.
      await portal.me();
      const { earned, exercises } = await portal.results();
      for (const result of exercises) {
        const line = this.querySelector<HTMLElement>(`[data-exercise="${result.exerciseId}"]`);
        if (!line) continue;
        line.toggleAttribute('data-earned', result.earnedAt !== null);
        const [state, help] = [
          line.querySelector('[data-part="state"]'),
          line.querySelector('[data-part="help"]'),
        ];
        if (state) state.textContent = stateText(result);
        if (help) help.textContent = helpText(result);
      }
      if (facts) facts.textContent = say`${earned} of ${exercises.length} exercises earned.`;
    } catch (error) {
      if (facts) facts.textContent = explain(error);
    }
  }
}
