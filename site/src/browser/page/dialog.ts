import { say } from './say.ts';
import { makeButton, makeElement } from './element.ts';

export interface DialogOptions {
  title: string;
  content: Node[];
  /** Text of the button that answers yes; without it there is only Close. */
  confirm?: string;
  /** The deed cannot be undone. */
  danger?: boolean;
  wide?: boolean;
}

/** Shows a modal dialog. Resolves with whether it was confirmed; Escape is no. */
export function showDialog(options: DialogOptions): Promise<boolean> {
  const title = makeElement('h2', { attributes: { id: 'dialog-title', tabindex: -1 } }, options.title);
  const dialog = makeElement(
    'dialog',
    { class: options.wide ? 'dialog is-wide' : 'dialog', attributes: { 'aria-labelledby': 'dialog-title' } },
    title,
    ...options.content,
  );
  const close = (answer: string) => () => dialog.close(answer);
  const actions = makeElement('div', { class: 'dialog-actions' });
  actions.append(
    makeButton(options.confirm === undefined ? say`Close` : say`Cancel`, { onPress: close('') }),
  );
  if (options.confirm !== undefined) {
    const look = options.danger ? 'button is-danger' : 'button is-primary';
    actions.append(makeButton(options.confirm, { class: look, onPress: close('yes') }));
  }
  dialog.append(actions);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
    title.focus();
  });
}
