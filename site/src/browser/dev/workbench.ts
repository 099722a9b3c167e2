/** For authors: what the course is like while it is written, what its checks do, and a draft from what is done by hand. */
import './workbench.css';
import type { CourseFault, CourseNews, LookTrace } from '../../../../protocol/dev-api.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { announce } from '../page/announcer.ts';
import { makeElement, writeSentence } from '../page/element.ts';
import { say } from '../page/say.ts';
import { followLesson } from './live-lesson.ts';
import { LookTable } from './look-table.ts';
import { makeRecorder } from './recorder.ts';

const looks = new LookTable();
const state = makeElement(
  'p',
  { class: 'workbench-state', attributes: { role: 'status' } },
  say`As it is written.`,
);
const faults = makeElement('ul', { class: 'workbench-faults', attributes: { role: 'list' } });

function show(news: CourseNews, renderFault: CourseFault | null): void {
  // What rendering says of a faulty course is an echo of its faults, or of those before.
  const all = renderFault === null || news.faults.length > 0 ? news.faults : [renderFault];
  state.textContent =
    all.length === 0
      ? news.isStale
        ? say`As it is written. Other pages are being built.`
        : say`As it is written.`
      : all.length === 1
        ? say`A fault. The last good version is shown.`
        : say`${all.length} faults. The last good version is shown.`;
  faults.replaceChildren(...all.map(faultLine));
  document.documentElement.dataset.dev = all.length === 0 ? '' : 'faulty';
  if (all.length > 0) panel.open = true;
}

function faultLine({ file, line, column, message, guide }: CourseFault): HTMLElement {
  const place = [file, line, column].filter((part) => part !== null && part !== '').join(':');
  const more =
    guide === null
      ? null
      : makeElement(
          'a',
          {
            class: 'workbench-guide',
            attributes: { href: `/api/dev/guide#${guide}`, target: '_blank', rel: 'noopener' },
          },
          say`See ${`docs/authoring.md#${guide}`}`,
        );
  const words = makeElement('span', { attributes: { lang: 'en' } });
  writeSentence(words, message);
  return makeElement('li', {}, place === '' ? null : makeElement('code', {}, place), ' ', words, ' ', more);
}

const panel = makeElement(
  'details',
  { class: 'workbench', attributes: { 'aria-label': say`Workbench` } },
  makeElement('summary', {}, say`Workbench`),
  makeElement(
    'div',
    { class: 'workbench-inside', attributes: { tabindex: 0, role: 'region', 'aria-label': say`Workbench` } },
    state,
    faults,
    makeElement('h2', {}, say`What the checks look at`),
    looks.element,
    makeElement('h2', {}, say`Record`),
    makeRecorder(),
  ),
);
document.body.append(panel);
// The terminal ends above it: what is recorded is typed there.
new ResizeObserver(() => {
  document.documentElement.style.setProperty('--workbench-height', `${panel.offsetHeight}px`);
}).observe(panel);

const lesson = followLesson({
  lessonId: lessonPage.lessonId,
  language: document.querySelector<HTMLElement>('camp-lesson')?.dataset.language,
  onFault: (fault) => show(lesson.news, fault),
  onShown: () => announce(say`The lesson was written again.`),
});
lessonPage.feed.listen('course', (data) => lesson.take(data as CourseNews));
lessonPage.feed.listen('trace', (data) => {
  const trace = data as LookTrace;
  if (trace.exerciseId.startsWith(`${lessonPage.lessonId}/`)) looks.show(trace);
});
