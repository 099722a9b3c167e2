import { expect, test } from 'vitest';
import { runCommands, type Typist } from './run-commands.ts';

/** A terminal that notes what is typed into it, and whose prompts come when the test says so. */
class Notes implements Typist {
  bracketedPaste = true;
  typed = '';
  prompt: (appeared: boolean) => void = () => undefined;

  paste(text: string): void {
    this.typed += this.bracketedPaste ? text : `<${text}>`;
  }

  type(input: string): void {
    this.typed += input;
  }

  promptOrKey(): Promise<boolean> {
    return new Promise((resolve) => (this.prompt = resolve));
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

test('at a prompt each line waits for the next prompt; what stood on the line goes first', async () => {
  const notes = new Notes();
  const all = runCommands(notes, 'a\nb\nc');
  expect(notes.typed).toBe('\u0005\u0015a\r');
  notes.prompt(true);
  await settled();
  expect(notes.typed).toBe('\u0005\u0015a\rb\r');
  notes.prompt(true);
  expect(await all).toBe(true);
  expect(notes.typed).toBe('\u0005\u0015a\rb\rc\r');
});

test('a key of the learner ends it', async () => {
  const notes = new Notes();
  const all = runCommands(notes, 'sleep 99\nrm x');
  notes.prompt(false);
  expect(await all).toBe(false);
  expect(notes.typed).not.toContain('rm x');
});

test('where no prompt can be told, all is pasted at once', async () => {
  const notes = new Notes();
  notes.bracketedPaste = false;
  expect(await runCommands(notes, 'a\nb')).toBe(true);
  expect(notes.typed).toBe('\u0015<a\nb>\r');
});
