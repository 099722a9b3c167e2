import { say } from '../page/say.ts';
import type { RunRequest } from '../../../../protocol/terminal-api.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { explain, portal, PortalError } from '../page/portal.ts';
import type { ActiveShell, RunRefusal } from './active-shell.ts';
import type { Shell } from './shell.ts';

/** A shell that was just opened shows its prompt within this. */
const firstPromptMs = 5_000;

/** Has a lesson's block typed into the shell. The portal knows the text; the page only says which block. */
export async function runBlock(
  shell: Shell,
  block: RunRequest,
  { focus }: { focus: boolean },
): Promise<RunRefusal | null> {
  await shell.live.until((live) => live);
  const { emulator, terminalId } = shell;
  if (!emulator || terminalId === null) return { text: say`The terminal could not be opened.` };
  if (shell.role === 'watcher') {
    return { text: say`Another window of yours uses this terminal. Press “Use it here” below it, then Run.` };
  }
  if (shell.isNew) await firstPrompt(shell);
  try {
    await portal.runBlock(terminalId, block);
  } catch (error) {
    const waits = error instanceof PortalError && waitable.includes(error.code);
    if (!waits) return { text: explain(error) };
    return {
      text: explain(error),
      whenReady: async () => {
        await emulator.log.atPrompt.until((atPrompt) => atPrompt === true);
        return runBlock(shell, block, { focus });
      },
    };
  }
  if (focus) shell.focus();
  return null;
}

const waitable: readonly string[] = ['NOT_AT_PROMPT', 'RUN_BUSY'];

function firstPrompt(shell: Shell): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, firstPromptMs));
  return Promise.race([shell.emulator?.log.atPrompt.until((atPrompt) => atPrompt === true), patience]);
}

/** Tells the Run buttons whether they can run, and how. */
export function publishToRunButtons(
  options: { active: Shell | null; isSheetClosed: boolean } & Omit<
    Extract<ActiveShell, { ready: true }>,
    'ready'
  >,
): void {
  const { active, isSheetClosed, run, insert } = options;
  const refuse = (reason: string): void => lessonPage.activeShell.set({ ready: false, reason });
  if (active?.status.kind === 'live' || isSheetClosed) {
    lessonPage.activeShell.set({ ready: true, run, insert });
  } else if (lessonPage.machine.state.value?.status !== 'running')
    refuse(say`Your machine is not running yet.`);
  else refuse(active ? say`The terminal is not connected.` : say`The terminal is still opening.`);
}
