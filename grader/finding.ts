import type { Verdict } from '../protocol/verdict.ts';
import { say } from './say.ts';
import { sayReason } from './reasons.ts';
import { phrase } from './span.ts';

/** What a kind of check says; with the check's id and the time it becomes a verdict. */
export type Finding = Omit<Verdict, 'checkId' | 'evaluatedAt'> & {
  /** Of what fails: how many things keep it from passing, to tell the nearest of several; 100 where nothing is there. */
  distance?: number;
};

/** What was asked and where it is looked for: the same for every outcome of one check. */
export interface Question {
  expected: string;
  where: string;
}

export interface Seen {
  sentence: string;
  observed: string;
  /** What to look at or try next, where what was seen suggests it. */
  hint?: string;
}

export function pass(question: Question, seen: Seen): Finding {
  return { status: 'pass', ...question, ...seen };
}

export function fail(question: Question, seen: Seen, distance = 100): Finding {
  return { status: 'fail', ...question, ...seen, distance };
}

export function waiting(question: Question, seen: Seen): Finding {
  return { status: 'waiting', ...question, ...seen };
}

/** An observation that did not succeed. */
export interface Blindness {
  ok: false;
  why: 'docker-down' | 'unreadable';
  reason: string;
}

export function couldNotLook(question: Question, { why, reason }: Blindness): Finding {
  if (why === 'docker-down') {
    const sentence = say`Docker is not running in your machine. Start it again, then this can be checked.`;
    return {
      status: 'could-not-look',
      ...question,
      sentence,
      observed: say`no Docker`,
      remedy: 'start-docker',
    };
  }
  const because = phrase(sayReason(reason)) || say`no reason was given`;
  const sentence = say`We could not look at ${question.where}: ${because}. Try again in a moment.`;
  return { status: 'could-not-look', ...question, sentence, observed: because, remedy: 'retry' };
}

export function unreadable(reason: string): Blindness {
  return { ok: false, why: 'unreadable', reason };
}
