import type { RecordedDraft } from '../../../../protocol/dev-api.ts';
import { announce } from '../page/announcer.ts';
import { makeButton, makeElement } from '../page/element.ts';
import { explain, send } from '../page/portal.ts';

/** Do an exercise by hand, and get a draft of its checks and its solution. */
export function makeRecorder(): HTMLElement {
  const said = makeElement(
    'p',
    { attributes: { role: 'status' } },
    'Begin, do the exercise by hand in the terminal, then make the draft.',
  );
  const drafts = makeElement('div', { class: 'drafts' });
  const begin = makeButton('Begin recording', {
    class: 'button is-small',
    onPress: () => void act(begin, start),
  });
  const end = makeButton('Make a draft', { class: 'button is-small', onPress: () => void act(end, finish) });
  end.disabled = true;

  const act = async (button: HTMLButtonElement, work: () => Promise<string>): Promise<void> => {
    button.disabled = true;
    try {
      said.textContent = await work();
      end.disabled = false;
    } catch (error) {
      said.textContent = explain(error);
    }
    button.disabled = button === end && end.disabled;
    announce(said.textContent ?? '');
  };
  const start = async (): Promise<string> => {
    await send('POST', '/api/dev/recording', {});
    drafts.replaceChildren();
    return 'Recording. Now do the exercise in the terminal.';
  };
  const finish = async (): Promise<string> => {
    const { checks, solve, notes } = await send<RecordedDraft>('POST', '/api/dev/recording/draft', {});
    drafts.replaceChildren(
      ...[textField('For exercise.yaml', checks), textField('For solve.sh', solve)].flat(),
      makeElement('ul', {}, ...notes.map((note) => makeElement('li', {}, note))),
    );
    return 'A draft of what changed since. Paste it, and say it in your words.';
  };
  return makeElement(
    'div',
    { class: 'recorder' },
    said,
    makeElement('p', { class: 'recorder-buttons' }, begin, end),
    drafts,
  );
}

function textField(label: string, text: string): HTMLElement {
  const area = makeElement('textarea', {
    attributes: { rows: Math.min(14, text.split('\n').length + 1), readonly: true, spellcheck: 'false' },
  });
  area.value = text;
  area.addEventListener('focus', () => area.select());
  return makeElement('label', {}, label, area);
}
