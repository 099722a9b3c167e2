import { announce } from '../page/announcer.ts';
import { copyText } from '../page/clipboard.ts';
import { recall, remember } from '../page/preference.ts';
import { chords, sizeKeys, type Chord } from './chords.ts';
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
      clear: () => this.#active?.emulator?.clear(),
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
        label: 'Screen reader mode',
        pressed: prefersScreenReader,
        onPress: () => this.#switchScreenReader(),
      },
      {
        icon: 'text',
        label: 'Read the terminal as text',
        pressed: () => view.isOpen,
        onPress: () => view.toggle(),
      },
      { icon: 'search', label: 'Search in the terminal', onPress: () => search.open() },
      {
        icon: 'split',
        label: 'Two terminals side by side',
        wideOnly: true,
        pressed: () => shells.shown.value.right !== null,
        onPress: split,
      },
      {
        icon: 'wide',
        label: 'Terminal over the whole width',
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
        { text: 'New shell', keys: chords['new-shell'].keys, onPick: open },
        ...(shell ? tabs().items(shell) : []),
      ],
      [
        { text: 'Copy the last output', ...chord('copy-output') },
        { text: 'Command before', ...chord('previous-command') },
        { text: 'Next command', ...chord('next-command') },
        { text: 'Clear', ...chord('clear') },
      ],
      [
        { text: 'Put files into the machine …', onPick: () => files.pick() },
        { text: 'Get a file out of the machine …', onPick: () => void files.askForPath() },
        { text: 'Type a whole line', onPick: () => compose.toggle() },
      ],
      [
        { text: 'Larger text', keys: sizeKeys.keys.slice(0, 6), onPick: () => textSize.change(1) },
        { text: 'Smaller text', keys: 'Ctrl −', onPick: () => textSize.change(-1) },
        { text: 'Text as it was', keys: 'Ctrl 0', onPick: () => textSize.restore() },
      ],
      [
        {
          text: 'Say results aloud',
          checked: announcesResults(),
          onPick: () => setAnnouncesResults(!announcesResults()),
        },
        { text: 'Keys in the terminal', onPick: () => void showKeys() },
      ],
    ];
  }

  /** What can be done with one command, from its mark. */
  openCommandMenu(shell: Shell, command: Command, at: HTMLElement): void {
    const output = shell.emulator?.log.outputOf(command) ?? '';
    openMenu({
      label: command.text || 'Command',
      groups: [
        [
          { text: 'Copy its output', onPick: () => this.#copy(output, 'It printed nothing.') },
          { text: 'Copy the command', onPick: () => this.#copy(command.text, 'Its text is not known.') },
          { text: 'Type it again', onPick: () => typeAgain(shell, command) },
        ],
      ],
      at,
    });
  }

  copyLastOutput(): void {
    const log = this.#active?.emulator?.log;
    const last = log?.commands.value.findLast(({ endedAtMs }) => endedAtMs !== null);
    if (!log || !last) return announce('No command has ended here yet.');
    this.#copy(log.outputOf(last), 'The last command printed nothing.');
  }

  get #active(): Shell | null {
    return this.#options.shells.active.value;
  }

  #copy(text: string, otherwise: string): void {
    if (text === '') return announce(otherwise);
    announce(copyText(text) ? `Copied ${text.split('\n').length} lines.` : 'The browser refused to copy.');
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
    announce(on ? 'Screen reader mode is on.' : 'Screen reader mode is off.');
  }
}

/** Where the shell waits for a command it is put there, to be looked at before Enter. */
function typeAgain(shell: Shell, command: Command): void {
  if (shell.emulator?.log.atPrompt.value !== true) return announce('The terminal is not at a prompt.');
  shell.emulator.paste(command.text);
  shell.focus();
}

function isWide(): boolean {
  return document.querySelector('camp-lesson')?.hasAttribute('data-wide') === true;
}

function toggleWide(): void {
  document.querySelector('camp-lesson')?.toggleAttribute('data-wide');
}
