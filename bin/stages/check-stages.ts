import { programStage } from './program-stage.ts';
import type { Stage } from './stage.ts';
import { vitestStage } from './vitest-stage.ts';

export const checkStages: readonly Stage[] = [
  programStage('format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  programStage('lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings'),
  programStage('types', 'node_modules/typescript/bin/tsc', '--noEmit'),
  programStage('content', 'course/check.ts'),
  vitestStage('unit', { asRoot: false, triesAgain: false }),
];
