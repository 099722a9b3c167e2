/** `npm run check`: format, lint, types, unit tests and the content's schema; no root, no machine, under a minute. */
import { reportFailure } from './failure.ts';
import { interruptSignal } from './interrupt.ts';
import { checkStages } from './stages/check-stages.ts';
import { chooseStages, runStages } from './stages/run-stages.ts';
import { usage } from './parse-arguments.ts';

const signal = interruptSignal();
try {
  const stages = chooseStages(checkStages, process.argv.slice(2));
  if (!stages) throw usage('', `stages are: ${checkStages.map(({ name }) => name).join(', ')}`);
  process.exitCode = await runStages(stages, { signal, output: process.stdout });
} catch (error) {
  process.exitCode = reportFailure(error, { json: false });
}
