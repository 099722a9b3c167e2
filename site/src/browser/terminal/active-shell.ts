import type { RunRequest } from '../../../../protocol/terminal-api.ts';

/** What a Run button needs to know of the terminal beside the lesson. */
export type ActiveShell =
  | { ready: false; reason: string }
  | {
      ready: true;
      /** Has the lesson's block typed at the prompt. Resolves with why not where that cannot be done now. */
      run: (block: RunRequest, options: { focus: boolean }) => Promise<RunRefusal | null>;
      /** Types the text and presses no Enter: the learner looks at it first. */
      insert: (code: string) => void;
    };

export interface RunRefusal {
  text: string;
  /** Where waiting helps: resolves when the block was typed after all, or with why it was not. */
  whenReady?: () => Promise<RunRefusal | null>;
}
