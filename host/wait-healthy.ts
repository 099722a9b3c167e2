import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../protocol/errors.ts';
import type { Health } from '../protocol/portal-api.ts';

export interface WaitHealthyOptions {
  /** Of the course, with a slash at its end. */
  url: string;
  timeoutMs: number;
  onStep: (words: string) => void;
  signal: AbortSignal;
}

const intervalMs = 50;

/** Resolves when a learner could be served. Rejects with INTERNAL and the portal's own reason when that takes too long. */
export async function waitHealthy({ url, timeoutMs, onStep, signal }: WaitHealthyOptions): Promise<Health> {
  const giveUpAt = Date.now() + timeoutMs;
  let reason = 'no answer';
  while (Date.now() < giveUpAt) {
    const answer = await askHealth(url, signal);
    if (typeof answer !== 'string' && answer.ok) return answer.health;
    const words = typeof answer === 'string' ? answer : (answer.health.reason ?? answer.health.status);
    if (words !== reason) onStep(words);
    reason = words;
    await delay(intervalMs, undefined, { signal });
  }
  const message = `${url}healthz did not answer 200 within ${timeoutMs / 1000} s; its last word: ${reason}`;
  throw new CodedError('INTERNAL', message);
}

/** The answer, or in words why there is none. */
export async function askHealth(
  url: string,
  signal: AbortSignal,
): Promise<{ ok: boolean; health: Health } | string> {
  try {
    const answer = await fetch(new URL('healthz', url), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    });
    return { ok: answer.ok, health: (await answer.json()) as Health };
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}
