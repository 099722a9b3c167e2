import type { RecordedDraft } from '../../../../protocol/dev-api.ts';
import { announce } from '../page/announcer.ts';
import { makeButton, makeElement, writeSentence } from '../page/element.ts';
import { explain, send } from '../page/portal.ts';
import { say } from '../page/say.ts';

/** Do an exercise by hand, and get a draft of its checks and its solution. */
export function makeRecorder(): HTMLElement {
  const said = makeElement(
    'p',
    { attributes: { role: 'status' } },
    say`Begin, do the exercise by hand in the terminal, then make the draft.`,
  );
  const drafts = makeElement('div', { class: 'drafts' });
  const begin = makeButton(say`Begin recording`, {
    class: 'button is-small',
    onPress: () => void act(begin, start),
  });
  const end = makeButton(say`Make a draft`, {
    class: 'button is-small',
    onPress: () => void act(end, finish),
  });
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
    return say`Recording. Now do the exercise in the terminal.`;
  };
  const finish = async (): Promise<string> => {
    const { checks, solve, notes } = await send<RecordedDraft>('POST', '/api/dev/recording/draft', {});
    drafts.replaceChildren(
      ...[textField(say`For ${'exercise.yaml'}`, checks), textField(say`For ${'solve.sh'}`, solve)].flat(),
      // Notes are the recorder's own, in English as the draft is.
      makeElement('ul', { attributes: { lang: 'en' } }, ...notes.map(noteLine)),
    );
    return say`A draft of what changed since. Paste it, and say it in your words.`;
  };
  return makeElement(
    'div',
    { class: 'recorder' },
    said,
    makeElement('p', { class: 'recorder-buttons' }, begin, end),
    drafts,
  );
}

function noteLine(note: string): HTMLElement {
  const line = makeElement('li');
  writeSentence(line, note);
  return line;
}

function textField(label: string, text: string): HTMLElement {
  const area = makeElement('textarea', {
    attributes: { rows: Math.min(14, text.split('\n').length + 1), readonly: true, spellcheck: 'false' },
  });
  area.value = text;
  area.addEventListener('focus', () => area.select());
  return makeElement('label', {}, label, area);
}
