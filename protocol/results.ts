/** What a learner has done of the course: shown to them, exported, replayed by an instructor. */

/** One exercise of the course; also one that was never touched. Times are ISO 8601. */
export interface ExerciseResult {
  exerciseId: string;
  title: string;
  firstTriedAt: string | null;
  earnedAt: string | null;
  /** From the first try until it was earned, pauses included; null before. */
  secondsToEarn: number | null;
  /**
   * Until it was earned: how often a check turned, an answer was typed, or "Check again" was pressed. What comes within
   * ten seconds counts as one.
   */
  tries: number;
  hintsUsed: number;
  /** How many there are. */
  hintsGiven: number;
  solutionSeenAt: string | null;
  /** The solution was seen before it was earned. */
  earnedWithSolution: boolean;
}

export interface Results {
  learnerId: string;
  exportedAt: string;
  earned: number;
  exercises: ExerciseResult[];
}

/** What a learner did beside working in the machine, and what became of it. */
export const exerciseEventKinds = ['answer', 'hint', 'solution', 'check', 'earned', 'restart'] as const;
export type ExerciseEventKind = (typeof exerciseEventKinds)[number];

/** One line of the record of an exercise, in the order in which it happened. */
export type ReplayStep =
  | {
      at: string;
      what: 'verdict';
      checkId: string;
      status: string;
      sentence: string;
      expected: string;
      observed: string;
      where: string;
    }
  | { at: string; what: ExerciseEventKind; detail: string };
