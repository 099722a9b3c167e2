/** What became of one command of a lesson. */
export interface CommandProof {
  /** Of the lesson's file, from 1. */
  line: number;
  text: string;
  ok: boolean;
  ms: number;
  expectedExit: number;
  /** Null: it did not come back to a prompt. */
  exitCode: number | null;
  /** Of one that failed: the end of what the terminal showed. */
  output?: string;
}

export interface ProseProof {
  lessonId: string;
  /** The path of its `lesson.mdx`. */
  file: string;
  ok: boolean;
  ms: number;
  commands: CommandProof[];
  /** Blocks that are marked as not to be run. */
  unproven: { line: number; because: string }[];
  /** Why the machine, a set-up script or the terminal failed; null where they did not. */
  fault: string | null;
  recalled?: true;
}
