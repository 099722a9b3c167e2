/** What a Run button needs to know of the terminal beside the lesson. */
export type ActiveShell =
  | { ready: false; reason: string }
  | {
      ready: true;
      /** Types the commands and presses Enter. Resolves with a sentence where that cannot be done now. */
      run: (commands: string, options: { focus: boolean }) => Promise<string | null>;
    };
