/** Everything that lives on a lesson page. The terminal itself is loaded when the first one opens. */
import './every-page.ts';
import { ExerciseCard } from './exercise/exercise.ts';
import { lessonPage } from './lesson/lesson-context.ts';
import { LessonEnd } from './lesson/lesson-end.ts';
import { Snippet } from './lesson/snippet.ts';
import { Split } from './lesson/split.ts';
import { MachineBar } from './machine/machine-bar.ts';
import { MachineNotices } from './machine/machine-notices.ts';
import { remember } from './page/preference.ts';
import { TerminalPanel } from './terminal/panel.ts';

customElements.define('camp-split', Split);
customElements.define('camp-snippet', Snippet);
customElements.define('camp-exercise', ExerciseCard);
customElements.define('camp-lesson-end', LessonEnd);
customElements.define('camp-machine-bar', MachineBar);
customElements.define('camp-machine-notices', MachineNotices);
customElements.define('camp-terminal-panel', TerminalPanel);

remember('last-lesson', lessonPage.lessonId);
// The stream of events needs the session that the first answer brings.
void lessonPage.machine.state
  .until((state) => state !== null)
  // Only an author's portal marks its pages.
  .then(() => (document.documentElement.dataset.dev === undefined ? null : import('./dev/workbench.ts')))
  .then(() => lessonPage.feed.open());
void lessonPage.machine.start();
