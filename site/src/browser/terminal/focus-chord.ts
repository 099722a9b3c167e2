import { findChord } from './chords.ts';

export interface FocusChordOptions {
  panel: HTMLElement;
  focusTerminal: () => void;
}

/** The chord goes from the terminal back to where one was in the lesson, and from anywhere into the terminal. */
export function listenForFocusChord({ panel, focusTerminal }: FocusChordOptions): void {
  const lesson = document.querySelector<HTMLElement>('#lesson');
  let lastInLesson: HTMLElement | null = null;
  lesson?.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) lastInLesson = target;
  });
  document.addEventListener('keydown', (event) => {
    if (findChord(event) !== 'leave') return;
    event.preventDefault();
    if (!panel.contains(document.activeElement)) return focusTerminal();
    (lastInLesson?.isConnected ? lastInLesson : lesson)?.focus({ preventScroll: true });
  });
}
