/**
 * Ends with the running test what it has begun. A test that runs out of time never comes to the end of its scope, and a
 * server of its own would be left behind. What a hook of a file begins, the file ends; outside of Vitest, who began it.
 */
export async function endWithTest(begun: AsyncDisposable): Promise<void> {
  if (process.env['VITEST'] === undefined) return;
  const { onTestFinished } = await import('vitest');
  try {
    onTestFinished(() => begun[Symbol.asyncDispose]());
  } catch {
    // Not within a test.
  }
}
