import { z } from 'zod';
import type { Count } from './stage.ts';

/** What is read of Vitest's JSON report: how many tests, and which files failed. */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ name: z.string(), status: z.string() })).default([]),
});

export interface VitestOutcome extends Count {
  /** Paths of the files in which something failed, or that could not be loaded. */
  failedFiles: string[];
}

/** `ok`: Vitest exited with 0. A run that failed beside its tests (a file that does not load) counts as one failure. */
export function outcomeOf(report: string, ok: boolean): VitestOutcome {
  const { numPassedTests, numFailedTests, testResults } = reportSchema.parse(JSON.parse(report));
  const failedFiles = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const failed = ok || numFailedTests > 0 ? numFailedTests : 1;
  return { passed: numPassedTests, failed, failedFiles };
}
