/**
 * For authors, only where the course runs with `--dev`: what a lesson page is told of the course being written, and asks.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /api/dev/lessons/:module/:lesson?after=HASH` | `LessonRendering`: the lesson as it is written now, once it is another than HASH |
 * | `GET /api/dev/guide` | docs/authoring.md as a page, `#` and a fault's `guide` behind it |
 * | `POST /api/dev/recording` | 204: from now on it is remembered what the machine was like |
 * | `POST /api/dev/recording/draft` | `RecordedDraft`: what has changed since |
 */
import type { Verdict } from './verdict.ts';

/** A fault of the course, where its author finds it. */
export interface CourseFault {
  /** Below the course's folder: `modules/01-before-docker/module.yaml`. */
  file: string;
  line: number | null;
  column: number | null;
  message: string;
  /** Anchor in docs/authoring.md. */
  guide: string | null;
}

export interface CourseNews {
  /** Of the reading that went well: the last good one is in force. Counts up from 1. */
  revision: number;
  /** None where the course is in force as it is written. */
  faults: CourseFault[];
  /** The pages were built from an older reading, and are being built again. */
  isStale: boolean;
}

export interface LessonRendering {
  /** Null where it is the one that is known, or there is a fault. */
  html: string | null;
  hash: string;
  fault: CourseFault | null;
}

/** One question that a look asked of the machine. */
export interface TracedQuestion {
  /** `docker /containers/json?all=1`, `file /root/a`. */
  question: string;
  /** Ids of the checks that used the answer. */
  checks: string[];
  ms: number;
  /** Shortened JSON, or why there is none. */
  answer: string;
  ok: boolean;
}

export interface LookTrace {
  exerciseId: string;
  /** ISO 8601. */
  at: string;
  ms: number;
  questions: TracedQuestion[];
  verdicts: Verdict[];
}

export interface RecordedDraft {
  /** For `exercise.yaml`. */
  checks: string;
  /** For `solve.sh`. */
  solve: string;
  /** What changed and is in no check, in words. */
  notes: string[];
}

export type DevEvent = { event: 'course'; data: CourseNews } | { event: 'trace'; data: LookTrace };
