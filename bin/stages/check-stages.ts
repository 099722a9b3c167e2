import { besideOthers, programStage } from './program-stage.ts';
import type { Stage } from './stage.ts';
import { vitestStage } from './vitest-stage.ts';

/** By a file's content, so that a checkout that gives every file a new time costs nothing. */
const prettierCache = [
  '--cache',
  '--cache-strategy=content',
  '--cache-location=node_modules/.cache/chrootcamp/prettier.json',
];
const tscCache = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/chrootcamp/types.tsbuildinfo'];

export const checkStages: readonly Stage[] = [
  programStage(
    'format',
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    '--log-level=warn',
    ...prettierCache,
    '.',
  ),
  programStage('types', 'node_modules/typescript/bin/tsc', '--noEmit', ...tscCache),
  programStage('lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings'),
  programStage('content', 'course/check.ts'),
]
  .map(besideOthers)
  .concat(vitestStage('unit', { asRoot: false, triesAgain: false }));
