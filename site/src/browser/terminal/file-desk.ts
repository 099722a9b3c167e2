import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';
import type { Shell } from './shell.ts';
import { TransferList } from './transfer-list.ts';
import { getFile, putFile } from './transfer.ts';

/** Files put in at once; they go one after the other. */
const mostFiles = 20;

/** Files into and out of the machine: dropped on a terminal, picked, or asked for by path. */
export class FileDesk {
  readonly list = new TransferList();
  readonly #shell: () => Shell | null;
  readonly #picker = makeElement('input', { attributes: { type: 'file', multiple: true, hidden: true } });

  constructor({ shell }: { shell: () => Shell | null }) {
    this.#shell = shell;
    this.#picker.addEventListener('change', () => {
      const active = this.#shell();
      if (active) void this.#put(active, [...(this.#picker.files ?? [])]);
      this.#picker.value = '';
    });
  }

  /** A file let go over the shell's pane goes into its working directory. */
  acceptDrops(shell: Shell): void {
    const { pane } = shell;
    let over = 0;
    const show = (change: 1 | -1 | 0): void => {
      over = change === 0 ? 0 : over + change;
      const directory = shell.emulator?.log.directory.value;
      pane.dataset.drop = over > 0 ? say`Drop to put it into ${directory ?? say`the working directory`}` : '';
      if (over <= 0) delete pane.dataset.drop;
    };
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    pane.addEventListener('dragenter', (event) => hasFiles(event) && show(1));
    pane.addEventListener('dragleave', (event) => hasFiles(event) && show(-1));
    pane.addEventListener('dragover', (event) => {
      if (hasFiles(event)) event.preventDefault();
    });
    pane.addEventListener('drop', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      show(0);
      void this.#put(
        shell,
        readDrop(event.dataTransfer, (name, why) => this.list.refuse(name, why)),
      );
    });
  }

  pick(): void {
    this.#picker.click();
  }

  async askForPath(): Promise<void> {
    const shell = this.#shell();
    if (!shell || shell.terminalId === null) return;
    const directory = shell.emulator?.log.directory.value ?? say`its working directory`;
    const field = makeElement('input', {
      class: 'dialog-field',
      attributes: {
        'aria-label': say`Path of the file`,
        spellcheck: 'false',
        autocapitalize: 'off',
        autocomplete: 'off',
      },
    });
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      field.closest('dialog')?.querySelector<HTMLElement>('.is-primary')?.click();
    });
    const confirmed = showDialog({
      title: say`Get a file out of the machine`,
      content: [
        makeElement(
          'p',
          {},
          say`Its path: absolute, or from `,
          makeElement('code', {}, directory),
          say` on.`,
        ),
        field,
      ],
      confirm: say`Download`,
    });
    field.focus();
    if (!(await confirmed) || field.value.trim() === '') return;
    await this.list.show(getFile({ terminalId: shell.terminalId, path: field.value.trim() }));
  }

  async #put(shell: Shell, files: File[]): Promise<void> {
    const { terminalId } = shell;
    if (terminalId === null) return;
    for (const file of files.slice(0, mostFiles)) await this.list.show(putFile({ terminalId, file }));
    const left = files.slice(mostFiles);
    if (left.length > 0)
      this.list.refuse(say`${left.length} more files`, say`only ${mostFiles} are taken at once.`);
  }
}

/** Read at once: after the event the browser lets go of what was dropped. */
function readDrop(data: DataTransfer | null, refuse: (name: string, why: string) => void): File[] {
  return [...(data?.items ?? [])].flatMap((item) => {
    const file = item.getAsFile();
    if (item.webkitGetAsEntry()?.isDirectory !== true) return file ?? [];
    refuse(
      file?.name ?? say`A directory`,
      say`a directory cannot be dropped. Pack it first, with zip or tar.`,
    );
    return [];
  });
}
