/** Told to every page when the connection to the sandbox-server breaks, and when it is there again. */
import type { ServerMessage } from '../../protocol/terminal.ts';

type Notice = Extract<ServerMessage, { type: 'notice' }>;

export const lostNotice: Notice = {
  type: 'notice',
  kind: 'upstream-lost',
  text: 'The part that runs machines is restarting. What you type now may be lost.',
};

export const backNotice: Notice = {
  type: 'notice',
  kind: 'upstream-back',
  text: 'Your terminal is connected again.',
};
