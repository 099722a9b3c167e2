import { nameKeys } from '../page/key-names.ts';
import { say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { copyText } from '../page/clipboard.ts';
import { recall, remember } from '../page/preference.ts';
import { chords, type Chord } from './chords.ts';
import type { Command } from './command-log.ts';
import type { CommandsView } from './commands-view.ts';
import type { ComposeBar } from './compose-bar.ts';
import type { FileDesk } from './file-desk.ts';
import { showKeys } from './keys-dialog.ts';
import { openMenu, type MenuItem } from './menu.ts';
import type { PanelTool } from './panel-tools.ts';
import { announcesResults, setAnnouncesResults } from './result-announcer.ts';
import type { SearchBar } from './search-bar.ts';
import type { Shell } from './shell.ts';
import type { Shells } from './shells.ts';
import type { TabStrip } from './tab-strip.ts';
import type { TextSize } from './text-size.ts';

export interface ActionsOptions {
  shells: Shells;
  tabs: () => TabStrip;
  search: SearchBar;
  view: CommandsView;
  textSize: TextSize;
  files: FileDesk;
  compose: ComposeBar;
  open: () => void;
  split: () => void;
  select: (shell: Shell) => void;
}

export function prefersScreenReader(): boolean {
  return recall('screen-reader') === 'on';
}

/** What can be done with the terminal: the same by chord, by button and by menu. */
export class TerminalActions {
  readonly #options: ActionsOptions;

  constructor(options: ActionsOptions) {
    this.#options = options;
  }

  /** Does what the chord stands for; `leave` is not ours. Returns whether it was one of ours. */
  obey(chord: Chord): boolean {
    const { open, search, split, textSize } = this.#options;
    const deeds: Record<Exclude<Chord, 'leave'>, () => void> = {
      search: () => search.open(),
      'new-shell': open,
      split,
      'previous-shell': () => this.#step(-1),
      'next-shell': () => this.#step(1),
      'previous-command': () => this.#active?.emulator?.scrollToCommand(-1),
      'next-command': () => this.#active?.emulator?.scrollToCommand(1),
      'copy-output': () => this.copyLastOutput(),
      clear: () => this.#active?.clear(),
      larger: () => textSize.change(1),
      smaller: () => textSize.change(-1),
      'usual-size': () => textSize.restore(),
    };
    if (chord === 'leave') return false;
    deeds[chord]();
    return true;
  }

  tools(): PanelTool[] {
    const { search, split, view, shells } = this.#options;
    return [
      {
        icon: 'speech',
        label: say`Screen reader mode`,
        pressed: prefersScreenReader,
        onPress: () => this.#switchScreenReader(),
      },
      {
        icon: 'text',
        label: say`Read the terminal as text`,
        pressed: () => view.isOpen,
        onPress: () => view.toggle(),
      },
      { icon: 'search', label: say`Search in the terminal`, onPress: () => search.open() },
      {
        icon: 'split',
        label: say`Two terminals side by side`,
        wideOnly: true,
        pressed: () => shells.shown.value.right !== null,
        onPress: split,
      },
      {
        icon: 'wide',
        label: say`Terminal over the whole width`,
        wideOnly: true,
        pressed: isWide,
        onPress: toggleWide,
      },
    ];
  }

  menu(): MenuItem[][] {
    const { open, tabs, textSize, files, compose } = this.#options;
    const shell = this.#active;
    const chord = (name: keyof typeof chords): { keys: string; onPick: () => void } => ({
      keys: chords[name].keys,
      onPick: () => void this.obey(name),
    });
    return [
      [
        { text: say`New shell`, keys: chords['new-shell'].keys, onPick: open },
        ...(shell ? tabs().items(shell) : []),
      ],
      [
        { text: say`Copy the last output`, ...chord('copy-output') },
        { text: say`Command before`, ...chord('previous-command') },
        { text: say`Next command`, ...chord('next-command') },
        { text: say`Clear`, ...chord('clear') },
      ],
      [
        { text: say`Put files into the machine …`, onPick: () => files.pick() },
        { text: say`Get a file out of the machine …`, onPick: () => void files.askForPath() },
        { text: say`Type a whole line`, onPick: () => compose.toggle() },
      ],
      [
        { text: say`Larger text`, keys: nameKeys('Ctrl +'), onPick: () => textSize.change(1) },
        { text: say`Smaller text`, keys: nameKeys('Ctrl −'), onPick: () => textSize.change(-1) },
        { text: say`Text as it was`, keys: nameKeys('Ctrl 0'), onPick: () => textSize.restore() },
      ],
      [
        {
          text: say`Say results aloud`,
          checked: announcesResults(),
          onPick: () => setAnnouncesResults(!announcesResults()),
        },
        { text: say`Keys in the terminal`, onPick: () => void showKeys() },
      ],
    ];
  }

  /** What can be done with one command, from its mark. */
  openCommandMenu(shell: Shell, command: Command, at: HTMLElement): void {
    const output = shell.emulator?.log.outputOf(command) ?? '';
    openMenu({
      label: command.text || say`Command`,
      groups: [
        [
          { text: say`Copy its output`, onPick: () => this.#copy(output, say`It printed nothing.`) },
          {
            text: say`Copy the command`,
            onPick: () => this.#copy(command.text, say`Its text is not known.`),
          },
          { text: say`Type it again`, onPick: () => typeAgain(shell, command) },
        ],
      ],
      at,
    });
  }

  copyLastOutput(): void {
    const log = this.#active?.emulator?.log;
    const last = log?.commands.value.findLast(({ endedAtMs }) => endedAtMs !== null);
    if (!log || !last) return announce(say`No command has ended here yet.`);
    this.#copy(log.outputOf(last), say`The last command printed nothing.`);
  }

  get #active(): Shell | null {
    return this.#options.shells.active.value;
  }

  #copy(text: string, otherwise: string): void {
    if (text === '') return announce(otherwise);
    announce(
      copyText(text) ? say`Copied ${text.split('\n').length} lines.` : say`The browser refused to copy.`,
    );
  }

  #step(by: -1 | 1): void {
    const { shells, select } = this.#options;
    const all = shells.list.value;
    const next = this.#active && all[(all.indexOf(this.#active) + by + all.length) % all.length];
    if (!next) return;
    select(next);
    next.focus();
  }

  #switchScreenReader(): void {
    const on = !prefersScreenReader();
    remember('screen-reader', on ? 'on' : null);
    for (const shell of this.#options.shells.list.value) shell.emulator?.setScreenReader(on);
    announce(on ? say`Screen reader mode is on.` : say`Screen reader mode is off.`);
  }
}

/** Where the shell waits for a command it is put there, to be looked at before Enter. */
function typeAgain(shell: Shell, command: Command): void {
  if (shell.emulator?.log.atPrompt.value !== true) return announce(say`The terminal is not at a prompt.`);
  shell.emulator.paste(command.text);
  shell.focus();
}

function isWide(): boolean {
  return document.querySelector('camp-lesson')?.hasAttribute('data-wide') === true;
}

function toggleWide(): void {
  document.querySelector('camp-lesson')?.toggleAttribute('data-wide');
}
