import { say } from '../page/say.ts';
import { describeStatus, type ConnectionStatus } from './connection-status.ts';

/** `idle-watcher`: nobody else types any more. */
export type ShellRole = 'writer' | 'watcher' | 'idle-watcher';

/** The one thing that helps. */
export type ShellDeed = 'try-now' | 'new-shell' | 'use-here' | 'fresh-machine' | 'reload' | 'close-tab';

export interface ShellNotice {
  text: string;
  deed: ShellDeed;
  tone: 'watching' | 'down' | 'ended';
}

export const deedTexts: Record<ShellDeed, string> = {
  'try-now': say`Try now`,
  'new-shell': say`New shell`,
  'use-here': say`Use it here`,
  'fresh-machine': say`Start a machine`,
  reload: say`Reload`,
  'close-tab': say`Close this tab`,
};

/** What stands below a shell that cannot be typed into as it is; null where it can. */
export function describeShell(status: ConnectionStatus, role: ShellRole): ShellNotice | null {
  switch (status.kind) {
    case 'live':
      if (role === 'writer') return null;
      return {
        text:
          role === 'watcher'
            ? say`This terminal is used in another window of yours: here you watch.`
            : say`The window that used this terminal is gone: here you watch.`,
        deed: 'use-here',
        tone: 'watching',
      };
    case 'connecting':
      return null;
    case 'paused':
    case 'waiting': {
      const unreachable = status.kind === 'waiting' && status.unreachable;
      const what = unreachable ? say`The course cannot be reached.` : say`The connection was lost.`;
      return {
        text: say`${what} This page tries again by itself; your shell goes on without you.`,
        deed: 'try-now',
        tone: 'down',
      };
    }
    case 'exited':
      return {
        text: say`${describeStatus(status, 0)}. Files and containers are as they were.`,
        deed: 'new-shell',
        tone: 'ended',
      };
    case 'closed':
      return {
        text: describeStatus(status, 0),
        deed: closedDeeds[status.reason],
        tone: status.reason === 'gone' ? 'ended' : 'down',
      };
  }
}

const closedDeeds: Record<Extract<ConnectionStatus, { kind: 'closed' }>['reason'], ShellDeed> = {
  'bad-message': 'reload',
  unauthenticated: 'reload',
  forbidden: 'close-tab',
  gone: 'new-shell',
  'ping-timeout': 'try-now',
  'taken-over': 'use-here',
  expired: 'fresh-machine',
  'too-many': 'try-now',
  'server-error': 'try-now',
  'upstream-lost': 'try-now',
};
