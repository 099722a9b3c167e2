import type { DockerEventCheck } from '../../protocol/checks/docker-event.ts';
import { say, words } from '../say.ts';
import { span } from '../span.ts';

type Type = DockerEventCheck['type'];

/** What Docker's action names mean, as the end of "The container ...". */
const past: Record<Type, Record<string, string>> = {
  container: words({
    create: 'was created',
    start: 'was started',
    die: 'ended',
    kill: 'was sent a signal',
    stop: 'was stopped',
    restart: 'was restarted',
    pause: 'was paused',
    unpause: 'went on after a pause',
    destroy: 'was removed',
    rename: 'was renamed',
    attach: 'was attached to',
    detach: 'was detached from',
    exec_create: 'was given a second command to run',
    exec_start: 'ran a second command',
    exec_die: 'saw its second command end',
    commit: 'was saved as an image',
    oom: 'ran out of memory',
  }),
  image: words({
    pull: 'was pulled',
    push: 'was pushed',
    tag: 'was given its name',
    untag: 'lost its name',
    delete: 'was removed',
    load: 'was loaded',
    save: 'was saved to a file',
    import: 'was imported',
  }),
  volume: words({
    create: 'was created',
    mount: 'was mounted',
    unmount: 'was unmounted',
    destroy: 'was removed',
  }),
  network: words({
    create: 'was created',
    connect: 'was joined by a container',
    disconnect: 'was left by a container',
    destroy: 'was removed',
  }),
};

/** "was started". */
export function happened(type: Type, action: string): string {
  const known = past[type];
  return Object.hasOwn(known, action) ? known[action]! : say`had the event ${span(action)}`;
}

/** "was never started". */
export function neverHappened(type: Type, action: string): string {
  const phrase = happened(type, action);
  // Only English needs the words in another order.
  return phrase.startsWith('was ') ? phrase.replace('was ', 'was never ') : say`never ${phrase}`;
}

export function hasWords(type: Type, action: string): boolean {
  return Object.hasOwn(past[type], action);
}

/** "once", "twice", "3 times". */
export function timesWord(times: number): string {
  return times === 1 ? say`once` : times === 2 ? say`twice` : say`${times} times`;
}
