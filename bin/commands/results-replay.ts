import { CodedError } from '../../protocol/errors.ts';
import { exerciseIdSchema } from '../../protocol/ids.ts';
import type { ReplayStep } from '../../protocol/results.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { openStoreForReading } from '../results/open-store.ts';

export const command = defineCommand({
  summary: 'show what happened in one exercise of a learner, step by step',
  usage: 'LEARNER EXERCISE [--data DIR] [--json]',
  details:
    'Every change of a verdict with what was expected and seen, every answer, hint and look at the solution, in the order in which they happened. The record is only ever added to.',
  options: { ...dataOption, ...jsonOption },
  positionals: { min: 2, max: 2 },
  needsRoot: true,
  async run({ values, positionals }) {
    const [learnerId = '', exerciseId = ''] = positionals;
    if (!exerciseIdSchema.safeParse(exerciseId).success) {
      throw new CodedError('USAGE', `${exerciseId} is no exercise; expected module/lesson/exercise`);
    }
    using store = openStoreForReading(layoutFrom(values));
    const steps = store.events.replay({ learnerId, exerciseId });
    if (steps.length === 0) {
      throw new CodedError(
        'USAGE',
        `nothing is recorded of ${exerciseId} for ${learnerId}; chrootcamp results export lists both`,
      );
    }
    const text = values.json ? JSON.stringify({ learnerId, exerciseId, steps }) : replayText(steps);
    process.stdout.write(`${text}\n`);
    return exitCodes.ok;
  },
});

const words = {
  answer: 'answered',
  hint: 'opened hint',
  solution: 'looked at the solution',
  check: 'asked to look again',
  earned: 'EARNED',
  restart: 'went back to the start of the exercise',
} as const;

/** `+01:05  root: fail. No process ...`; the first line has the date. */
export function replayText(steps: readonly ReplayStep[]): string {
  const start = Date.parse(steps[0]?.at ?? '');
  const lines = steps.map((step) => {
    const after = elapsed(Date.parse(step.at) - start);
    if (step.what !== 'verdict')
      return `${after}  ${[words[step.what], printable(step.detail)].join(' ').trim()}`;
    return `${after}  ${step.checkId}: ${step.status}. ${printable(step.sentence)}`;
  });
  return [`${steps[0]?.at ?? ''}`, ...lines].join('\n');
}

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (number: number): string => String(number).padStart(2, '0');
  return `+${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}

/** What a learner typed must not move the instructor's cursor. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
