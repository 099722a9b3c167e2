/** The portal's HTTP API, as `protocol/portal-api.ts` has it. */
import { say, sayKnown } from './say.ts';
import type { ErrorBody, ErrorCode } from '../../../../protocol/errors.ts';
import type {
  ExerciseProgress,
  ExerciseRestart,
  ExerciseSolution,
  ExerciseState,
  LifetimeState,
  Me,
  SandboxState,
} from '../../../../protocol/portal-api.ts';
import type { Results } from '../../../../protocol/results.ts';
import type { RunAnswer, RunRequest, TerminalTab } from '../../../../protocol/terminal-api.ts';

/** A request the portal refused, or that never reached it (`UNREACHABLE`). `learner` can be shown as it is. */
export class PortalError extends Error {
  readonly code: ErrorCode | 'UNREACHABLE';
  readonly learner: string;

  constructor(
    code: ErrorCode | 'UNREACHABLE',
    learner: string,
    options?: { message?: string; cause?: unknown },
  ) {
    super(options?.message ?? learner, { cause: options?.cause });
    this.name = 'PortalError';
    this.code = code;
    this.learner = learner;
  }
}

/** The sentence to show for anything a request threw. */
export function explain(error: unknown): string {
  if (error instanceof PortalError) return error.learner;
  console.error(error);
  return say`Something broke in this page. Reload it and try again.`;
}

export async function send<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const init: RequestInit = { method, headers: { accept: 'application/json' }, credentials: 'same-origin' };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    throw new PortalError('UNREACHABLE', say`The course cannot be reached at the moment.`, { cause });
  }
  if (!response.ok) throw await readError(response);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function readError(response: Response): Promise<PortalError> {
  try {
    const { error } = (await response.json()) as ErrorBody;
    return new PortalError(error.code, sayKnown(error.learner), { message: error.message });
  } catch (cause) {
    // A proxy in between answers in HTML when the portal behind it is down.
    return new PortalError(
      'UNREACHABLE',
      say`The course answered in a way this page cannot read (${response.status}).`,
      {
        cause,
      },
    );
  }
}

export const portal = {
  me: () => send<Me>('GET', '/api/me'),
  startSandbox: () => send<SandboxState>('POST', '/api/sandbox'),
  resetSandbox: () => send<SandboxState>('POST', '/api/sandbox/reset'),
  restart: (exerciseId: string) => send<ExerciseRestart>('POST', `/api/exercises/${exerciseId}/restart`),
  extend: () => send<LifetimeState>('POST', '/api/sandbox/extend'),
  readNews: () => send<LifetimeState>('POST', '/api/sandbox/news/read'),
  startDocker: () => send<SandboxState>('POST', '/api/sandbox/docker/start'),
  terminals: async () => (await send<{ terminals: TerminalTab[] }>('GET', '/api/terminals')).terminals,
  openTerminal: (size: { cols: number; rows: number }) => send<TerminalTab>('POST', '/api/terminals', size),
  /** `null` takes the name away. */
  renameTerminal: (id: string, name: string | null) =>
    send<TerminalTab>('PATCH', `/api/terminals/${id}`, { name }),
  /** Types a lesson's block into the terminal; refused with NOT_AT_PROMPT, RUN_BUSY, RUN_BLOCK_CHANGED. */
  runBlock: (id: string, block: RunRequest) => send<RunAnswer>('POST', `/api/terminals/${id}/run`, block),
  closeTerminal: (id: string) => send<void>('DELETE', `/api/terminals/${id}`),
  check: (exerciseId: string) => send<ExerciseState>('POST', `/api/exercises/${exerciseId}/check`),
  setUp: (exerciseId: string) => send<ExerciseState>('POST', `/api/exercises/${exerciseId}/setup`),
  useHint: (exerciseId: string, number: number) =>
    send<ExerciseProgress>('POST', `/api/exercises/${exerciseId}/hint`, { number }),
  solution: (exerciseId: string) => send<ExerciseSolution>('POST', `/api/exercises/${exerciseId}/solution`),
  results: () => send<Results>('GET', '/api/results'),
  answer: (exerciseId: string, answer: { checkId: string; answer: string }) =>
    send<ExerciseState>('POST', `/api/exercises/${exerciseId}/answer`, answer),
};
