import { exercisesOf } from '../../course/course.ts';
import { loadCourse } from '../../course/load.ts';
import { resultsCsv } from '../../portal/results/results-csv.ts';
import { resultsOf } from '../../portal/results/results.ts';
import { CodedError } from '../../protocol/errors.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { contentDirFrom, contentOption } from '../course-content.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { openStoreForReading } from '../results/open-store.ts';

export const command = defineCommand({
  summary: 'write out what learners have done, as CSV or JSON',
  usage: '[--learner ID] [--data DIR] [--course DIR] [--json]',
  details:
    'One line for each learner and exercise: when it was first tried and earned, how often it was tried, how many hints were opened, and whether the solution was seen. Also while the course runs.',
  options: {
    ...dataOption,
    ...contentOption,
    learner: { type: 'string', value: 'ID', help: 'only of this learner' },
    ...jsonOption,
  },
  needsRoot: true,
  async run({ values }) {
    const items = exercisesOf(await loadCourse(contentDirFrom(values)));
    using store = openStoreForReading(layoutFrom(values));
    const { learner } = values;
    if (learner !== undefined && !store.learnerIds.includes(learner)) {
      throw new CodedError('USAGE', `no learner is called ${learner}; without --learner all are listed`);
    }
    const wanted = learner === undefined ? store.learnerIds : [learner];
    const now = new Date();
    const results = wanted.map((learnerId) =>
      resultsOf({ learnerId, items, progress: store.progress.list(learnerId), now }),
    );
    process.stdout.write(values.json ? `${JSON.stringify({ results })}\n` : resultsCsv(results));
    return exitCodes.ok;
  },
});
