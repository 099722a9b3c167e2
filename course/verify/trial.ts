import type { ExerciseVerdict } from '../../protocol/verdict.ts';
import type { CourseExercise } from '../course.ts';
import type { Step } from './step.ts';
import { faultOfSolved, faultOfWrong } from './judgement.ts';

/** One script to be tried in a fresh machine. */
export interface Trial {
  exercise: CourseExercise;
  kind: 'solve' | 'alt' | 'wrong';
  path: string;
  /** For a near miss: the check that must fail. */
  fails?: string;
  /** Why the verdicts after it are not what they must be; null where they are. */
  faultOf(graded: ExerciseVerdict): string | null;
  /** For a near miss: what the learner is told of it. */
  toldOf(graded: ExerciseVerdict): string | undefined;
}

export interface TrialResult {
  exerciseId: string;
  /** `alt-by-hand.sh`. */
  script: string;
  kind: Trial['kind'];
  /** For a near miss: the check that must fail. */
  fails?: string;
  ok: boolean;
  ms: number;
  steps: Step[];
}

/** Every trial that proves an exercise. */
export function trialsOf(exercise: CourseExercise): Trial[] {
  const { solve, alternatives, wrong } = exercise.scripts;
  return [
    { exercise, kind: 'solve', path: solve, faultOf: faultOfSolved, toldOf: nothing },
    ...alternatives.map((path): Trial => ({
      exercise,
      kind: 'alt',
      path,
      faultOf: faultOfSolved,
      toldOf: nothing,
    })),
    ...wrong.map(({ path, ...stated }): Trial => ({
      exercise,
      kind: 'wrong',
      path,
      fails: stated.fails,
      faultOf: (graded) => faultOfWrong(graded, stated),
      toldOf: ({ verdicts }) => verdicts.find(({ checkId }) => checkId === stated.fails)?.sentence,
    })),
  ];
}

function nothing(): undefined {
  return undefined;
}
