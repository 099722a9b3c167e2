/** What the grader says of one check. Shown to the learner; kept per exercise. */
export interface Verdict {
  checkId: string;
  /** `waiting`: nothing to judge yet, such as an answer not typed. `could-not-look`: the fault is ours or the machine's. */
  status: 'pass' | 'fail' | 'waiting' | 'could-not-look';
  /** One sentence a beginner understands, Markdown code spans allowed: "Container `web` runs `busybox`, not `nginx`." */
  sentence: string;
  /** A further sentence: what to look at or try next, where what was seen suggests it. */
  hint?: string;
  /** Short phrases for the unfolded detail. */
  expected: string;
  observed: string;
  /** What was looked at: a path, a container's name, `docker events`. */
  where: string;
  /** ISO 8601. */
  evaluatedAt: string;
  /** What would help, when the verdict itself suggests it. */
  remedy?: 'start-docker' | 'open-terminal' | 'retry';
}

export interface ExerciseVerdict {
  exerciseId: string;
  verdicts: Verdict[];
  /** Every check passes now. */
  complete: boolean;
}
