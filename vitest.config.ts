import { defineConfig } from 'vitest/config';

/** Unit tests need no root; `*.real.test.ts` make real sandboxes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Most of their time is waiting and starting: so one process for many files, and more processes than cores.
          isolate: false,
          maxWorkers: 6,
          testTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
          include: [
            '{protocol,grader,course,sandbox-server,sandbox-client,portal,site,machine,host,bin}/**/*.test.ts',
            'tests/*.test.ts',
          ],
          exclude: ['**/*.real.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'real',
          include: ['**/*.real.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          // How long a busy computer may take; what is waited for ends the wait.
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
