import { expect, test } from 'vitest';
import { LessonPage, withMachine } from './lesson-page.fixture.ts';
import { VerdictLanguages } from './verdict-languages.ts';

const english = 'Type your answer to have it checked.';
const german = 'Gib deine Antwort ein, dann wird sie geprüft.';

test('verdicts are said in the language of the page; all pages follow the one opened last', async () => {
  const { browser } = await withMachine();
  const said = (page: LessonPage) => page.exercise?.verdicts.map(({ sentence }) => sentence);
  const first = new LessonPage(browser);
  await first.until(() => expect(said(first)).toContain(english));
  const second = new LessonPage(browser, { language: 'de' });
  for (const page of [first, second]) await page.until(() => expect(said(page)).toContain(german));
  const third = new LessonPage(browser);
  for (const page of [first, third]) await page.until(() => expect(said(page)).toContain(english));
});

test.each(['xx', 'de"', '../de', 'messages'])(
  'in %s, which it does not know, all is in English',
  async (language) => {
    const { browser } = await withMachine();
    const page = new LessonPage(browser, { language });
    await page.until(() => expect(page.exercise?.verdicts[1]?.sentence).toBe(english));
  },
);

test('a kind of a language is said in that language, each learner for themselves', () => {
  const languages = new VerdictLanguages();
  expect(languages.speak('one', 'de-at')).toBe(true);
  expect(languages.speak('one', 'de')).toBe(false);
  expect(languages.of('one').get(english)).toBe(german);
  expect(languages.of('two').size).toBe(0);
  expect(languages.speak('two', '')).toBe(false);
});
