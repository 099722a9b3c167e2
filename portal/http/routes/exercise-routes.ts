import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CodedError } from '../../../protocol/errors.ts';
import { answerRequestSchema, hintRequestSchema } from '../../../protocol/portal-api.ts';
import type { ExerciseProgress, ExerciseSolution } from '../../../protocol/portal-api.ts';
import type { Examiner } from '../../grading/examiner.ts';
import type { LessonExercise, Lessons } from '../../grading/lessons.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { ExerciseStarts } from '../../sandboxes/exercise-starts.ts';
import type { LearnerSandboxes } from '../../sandboxes/learner-sandboxes.ts';
import type { Store } from '../../store/store.ts';
import { parseBody } from '../body.ts';

export interface ExerciseRoutesOptions {
  session: LearnerSession;
  lessons: Lessons;
  examiner: Examiner;
  sandboxes: LearnerSandboxes;
  starts: ExerciseStarts;
  store: Store;
}

interface ExerciseParams {
  Params: { module: string; lesson: string; exercise: string };
}

export function addExerciseRoutes(app: FastifyInstance, options: ExerciseRoutesOptions): void {
  const { session, lessons, examiner, sandboxes, starts, store } = options;
  const path = '/api/exercises/:module/:lesson/:exercise';

  /** Who asks about what; refused where they have no machine to look at. */
  async function subject(
    request: FastifyRequest<ExerciseParams>,
  ): Promise<{ learnerId: string; item: LessonExercise }> {
    const { learnerId, item } = exerciseOf(request);
    await sandboxes.requireRunning(learnerId);
    return { learnerId, item };
  }

  /** Without a machine as well: help can be read before one is started. */
  function exerciseOf(request: FastifyRequest<ExerciseParams>): { learnerId: string; item: LessonExercise } {
    const { module, lesson, exercise } = request.params;
    const learnerId = session.require(request).id;
    return { learnerId, item: lessons.exercise(`${module}/${lesson}/${exercise}`) };
  }

  app.post<ExerciseParams>(`${path}/hint`, async (request): Promise<ExerciseProgress> => {
    const { learnerId, item } = exerciseOf(request);
    const { number } = parseBody(hintRequestSchema, request.body);
    const hints = item.exercise.hints.length;
    if (number > hints) {
      throw new CodedError('BAD_REQUEST', `${item.id} has ${hints} hints, and hint ${number} was asked for`);
    }
    const key = { learnerId, exerciseId: item.id };
    store.progress.useHint(key, number, new Date());
    return store.progress.find(key);
  });

  app.post<ExerciseParams>(`${path}/solution`, async (request): Promise<ExerciseSolution> => {
    const { learnerId, item } = exerciseOf(request);
    const [key, now] = [{ learnerId, exerciseId: item.id }, new Date()];
    store.progress.seeSolution(key, now);
    const { solutionSeenAt } = store.progress.find(key);
    return {
      exerciseId: item.id,
      script: item.solution,
      solutionSeenAt: solutionSeenAt ?? now.toISOString(),
    };
  });

  app.post<ExerciseParams>(`${path}/check`, async (request) => {
    const { learnerId, item } = await subject(request);
    const key = { learnerId, exerciseId: item.id };
    store.progress.events.add(key, 'check', '', new Date());
    store.progress.markTried(key, new Date());
    return examiner.look(learnerId, item);
  });

  app.post<ExerciseParams>(`${path}/setup`, async (request) => {
    const { learnerId, item } = await subject(request);
    return examiner.look(learnerId, item, { setUpAgain: true });
  });

  app.post<ExerciseParams>(`${path}/restart`, (request) => {
    const { learnerId, item } = exerciseOf(request);
    store.progress.events.add({ learnerId, exerciseId: item.id }, 'restart', '', new Date());
    return starts.restart(learnerId, item);
  });

  app.post<ExerciseParams>(`${path}/answer`, async (request) => {
    const { learnerId, item } = await subject(request);
    const { checkId, answer } = parseAnswer(request.body);
    if (!item.exercise.checks.some((check) => check.id === checkId && check.kind === 'answer')) {
      throw new CodedError('ANSWER_INVALID', `${item.id} asks no question ${checkId}`);
    }
    const key = { learnerId, exerciseId: item.id };
    store.answers.put({ ...key, checkId, answer });
    store.progress.events.add(key, 'answer', `${checkId}: ${answer}`, new Date());
    store.progress.markTried(key, new Date());
    return examiner.look(learnerId, item);
  });
}

/** An empty or endless answer is the learner's, and ANSWER_INVALID; any other fault is the page's. */
function parseAnswer(body: unknown): { checkId: string; answer: string } {
  const parsed = answerRequestSchema.safeParse(body);
  if (!parsed.success && parsed.error.issues.every((issue) => issue.path[0] === 'answer')) {
    throw new CodedError('ANSWER_INVALID', 'expected an answer of 1 to 500 characters');
  }
  return parseBody(answerRequestSchema, body);
}
