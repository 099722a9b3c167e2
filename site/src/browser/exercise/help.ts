/** The help an exercise offers: hints one after another, and the solution. What was taken is told to the portal. */
import { pageLocale, say } from '../page/say.ts';
import type { ExerciseState } from '../../../../protocol/portal-api.ts';
import { announce } from '../page/announcer.ts';
import { explain, portal } from '../page/portal.ts';

export interface HelpOptions {
  /** The exercise's element. */
  card: HTMLElement;
  exerciseId: string;
  /** What was taken was written down. */
  onTaken: (taken: Partial<Pick<ExerciseState, 'hintsUsed' | 'solutionSeenAt'>>) => void;
  onFault: (sentence: string) => void;
}

export class Help {
  readonly #options: HelpOptions;
  #seenAt: string | null = null;

  constructor(options: HelpOptions) {
    this.#options = options;
    const { card, exerciseId, onTaken } = options;
    for (const hint of card.querySelectorAll<HTMLDetailsElement>('[data-hint]')) {
      hint.addEventListener('toggle', () => {
        if (!hint.open) return;
        // Help is given whether or not that can be written down.
        portal.useHint(exerciseId, Number(hint.dataset.hint)).then(
          ({ hintsUsed }) => onTaken({ hintsUsed }),
          (error: unknown) => console.warn(error),
        );
      });
    }
    this.#part('solution')?.addEventListener('toggle', () => {
      const isOpen = (this.#part('solution') as HTMLDetailsElement | null)?.open;
      if (isOpen && this.#seenAt !== null) void this.#showSolution();
    });
    card
      .querySelector('[data-action="solution"]')
      ?.addEventListener('click', () => void this.#showSolution({ focus: true }));
  }

  /** The solution may have been seen in another tab, or another day. */
  show({ solutionSeenAt }: ExerciseState): void {
    if (solutionSeenAt === null || this.#seenAt !== null) return;
    this.#seenAt = solutionSeenAt;
    const mark = this.#part('solution-seen');
    if (mark) mark.hidden = false;
  }

  async #showSolution({ focus = false } = {}): Promise<void> {
    const { card, exerciseId, onTaken, onFault } = this.#options;
    const [text, cost] = [this.#part('solution-text'), this.#part('solution-cost')];
    if (!text || !text.hidden) return;
    try {
      const { script, solutionSeenAt } = await portal.solution(exerciseId);
      onTaken({ solutionSeenAt });
      text.textContent = script.trim();
      text.hidden = false;
      if (cost) cost.hidden = true;
      const mark = this.#part('solution-seen');
      if (mark) {
        mark.hidden = false;
        mark.title = new Date(solutionSeenAt).toLocaleString(pageLocale);
      }
      this.#seenAt = solutionSeenAt;
      announce(say`The solution is shown.`);
      if (focus) text.focus();
    } catch (error) {
      onFault(explain(error));
    }
    card.querySelector<HTMLElement>('[data-action="solution"]')?.blur();
  }

  #part(name: string): HTMLElement | null {
    return this.#options.card.querySelector<HTMLElement>(`[data-part="${name}"]`);
  }
}
