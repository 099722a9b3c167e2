import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { ShellRole } from './shell-notice.ts';
import type { Shell } from './shell.ts';

/** From a page's first look at a terminal until it has been told where the shell's marks stand. */
const lookMs = 1_000;

export interface ClosingFacts {
  status: ConnectionStatus['kind'];
  role: ShellRole;
  /** As `CommandLog` has it. */
  atPrompt: boolean | null;
  /** Of the command that runs; empty where it is not known. */
  command: string;
  /** Opened by this page. */
  isNew: boolean;
}

/** What would end with the shell, or be taken from whom, in sentences; none where it may be closed at once. */
export function describeLoss({ status, role, atPrompt, command, isNew }: ClosingFacts): string[] {
  if (status === 'exited' || status === 'closed') return [];
  // A shell at its prompt has marked it there. One that was found without a mark printed so much since, or lies below a
  // full-screen program.
  const runs = atPrompt === false || (atPrompt === null && !isNew);
  return [
    ...(runs && command !== '' ? [say`“${command}” still runs here and would end with the shell.`] : []),
    ...(runs && command === '' ? [say`A command still runs here and would end with the shell.`] : []),
    ...(role === 'watcher' ? [say`The shell is used in another window of yours, which would lose it.`] : []),
  ];
}

/** Whether the shell may be closed: asks where something would be lost. `look` connects to one that was never looked at. */
export async function mayClose(shell: Shell, look: (shell: Shell) => Promise<void>): Promise<boolean> {
  if (shell.terminalId !== null && !shell.isJoined) await look(shell);
  const log = shell.emulator?.log;
  if (log && log.atPrompt.value === null && !shell.isNew)
    await Promise.race([
      log.atPrompt.until((atPrompt) => atPrompt !== null),
      new Promise((resolve) => setTimeout(resolve, lookMs)),
    ]);
  const losses = describeLoss({
    status: shell.status.kind,
    role: shell.role,
    atPrompt: log ? log.atPrompt.value : true,
    command: log?.running?.text ?? '',
    isNew: shell.isNew,
  });
  if (losses.length === 0) return true;
  return showDialog({
    title: say`Close ${shell.label}?`,
    content: losses.map((loss) => makeElement('p', {}, loss)),
    confirm: say`Close the shell`,
    danger: true,
  });
}
