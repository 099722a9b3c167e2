import type { Shell } from './shell.ts';
import type { Shells } from './shells.ts';

/** Connections wait while nobody looks, and try at once when somebody does or the network is back. */
export function followPage(shells: Shells): void {
  const forEach = (act: (shell: Shell) => void) => () => shells.list.value.forEach(act);
  document.addEventListener(
    'visibilitychange',
    forEach((shell) => shell.setVisible(!document.hidden)),
  );
  for (const type of ['online', 'pageshow', 'focus'])
    window.addEventListener(
      type,
      forEach((shell) => shell.wake()),
    );
}
