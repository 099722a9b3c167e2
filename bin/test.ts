/**
 * `npm test`: does all the set-up that `start` does, into a data directory of the tests' own, and runs everything. Names
 * of stages run only those.
 */
import { mkdirSync } from 'node:fs';
import { runSteps } from '../host/progress/run-steps.ts';
import { layoutOf } from '../host/layout.ts';
import { buildSite } from '../host/site-build.ts';
import { defaultAddress } from './address.ts';
import { becomeRoot } from './elevate.ts';
import { reportFailure } from './failure.ts';
import { interruptSignal } from './interrupt.ts';
import { usage } from './parse-arguments.ts';
import { prepareHost, prepareMachine, preparePackages } from './preparation.ts';
import { cgroup2Stage } from './stages/cgroup2-stage.ts';
import { checkStages } from './stages/check-stages.ts';
import { programStage } from './stages/program-stage.ts';
import { proofStages } from './stages/proof-stages.ts';
import { chooseStages, runStages } from './stages/run-stages.ts';
import type { Stage } from './stages/stage.ts';
import { vitestStage } from './stages/vitest-stage.ts';

/** Kept between runs, so that the machine is built once. */
const testData = (process.env.CHROOTCAMP_TEST_DATA ??= '/var/lib/chrootcamp-test');

const everyStage: readonly Stage[] = [
  ...checkStages,
  programStage('pages', 'node_modules/astro/bin/astro.mjs', 'check', '--tsconfig', 'site/tsconfig.json'),
  vitestStage('real', { asRoot: true, triesAgain: true }),
  cgroup2Stage,
  ...proofStages({ dataDir: testData, since: process.env.CHROOTCAMP_TEST_SINCE }),
];

async function setUp(signal: AbortSignal): Promise<void> {
  const layout = layoutOf(testData);
  mkdirSync(layout.dataDir, { recursive: true, mode: 0o755 });
  await preparePackages('test', { signal, to: 'stdout' });
  await prepareHost({ layout, ...defaultAddress }, { skip: ['port'] });
  await prepareMachine(layout, { signal, to: 'stdout' });
  const run = async (context: { onStep: (words: string) => void; signal: AbortSignal }) => {
    await buildSite(context);
  };
  await runSteps([{ title: 'The pages', run }], { signal });
}

process.umask(0o022);
const signal = interruptSignal();
try {
  const stages = chooseStages(everyStage, process.argv.slice(2));
  if (!stages) throw usage('', `stages are: ${everyStage.map(({ name }) => name).join(', ')}`);
  becomeRoot();
  await setUp(signal);
  process.exitCode = await runStages(stages, { signal, output: process.stdout });
} catch (error) {
  process.exitCode = reportFailure(error, { json: false });
}
