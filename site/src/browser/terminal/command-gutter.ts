import { say } from '../page/say.ts';
import type { IDecoration, Terminal } from '@xterm/xterm';
import type { Command, CommandLog } from './command-log.ts';
import { describeResult } from './command-text.ts';

/**
 * A mark beside each command: a ring while it runs, a dot when it ended well, a cross when it failed. For eyes and pointers;
 * the text view says the same to those who have neither.
 */
export function showCommandGutter(options: {
  terminal: Terminal;
  log: CommandLog;
  onPick: (command: Command, at: HTMLElement) => void;
}): void {
  const { terminal, log, onPick } = options;
  const marks = new Map<Command, IDecoration>();

  function draw(command: Command, element: HTMLElement): void {
    const state = command.endedAtMs === null ? 'running' : command.exitCode === 0 ? 'good' : 'bad';
    element.classList.add('command-mark');
    element.dataset.state = command.exitCode === null && state === 'bad' ? 'good' : state;
    element.title = `${command.text || say`Command`}\n${describeResult(command)}`;
    // Only the mark, not the column of the text beside it.
    element.onclick = () => onPick(command, element);
  }

  log.commands.watch((commands) => {
    for (const [command, mark] of marks) {
      if (commands.includes(command)) continue;
      mark.dispose();
      marks.delete(command);
    }
    for (const command of commands) {
      const known = marks.get(command);
      if (known?.element) draw(command, known.element);
      if (known || command.prompt.isDisposed) continue;
      const mark = terminal.registerDecoration({ marker: command.prompt });
      if (!mark) continue;
      marks.set(command, mark);
      mark.onRender((element) => draw(command, element));
    }
  });
}
