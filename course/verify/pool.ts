/** Runs tasks, `jobs` at a time, in order; resolves with their results in order. The first rejection ends it all. */
export async function runPool<T>(
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
  { jobs, signal }: { jobs: number; signal: AbortSignal },
): Promise<T[]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks.length && !either.aborted) {
      const index = next;
      next += 1;
      try {
        results[index] = await tasks[index]!(either);
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.max(1, jobs) }, worker));
  signal.throwIfAborted();
  failed.signal.throwIfAborted();
  const rejected = ended.find((each) => each.status === 'rejected');
  if (rejected !== undefined) throw rejected.reason;
  return results;
}
