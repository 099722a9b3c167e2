import { readFile } from 'node:fs/promises';
import type { CourseLesson } from '../course.ts';
import { inFreshMachine, type VerifyClient } from '../verify/fresh-machine.ts';
import { setUp, type TrialLimits } from '../verify/run-trial.ts';
import { step, StepFailed, type Step } from '../verify/step.ts';
import { commandBlocksIn, type CommandBlock } from './command-block.ts';
import type { CommandProof, ProseProof } from './prose-proof.ts';
import { openTypist, type TerminalClient } from './terminal.ts';
import { typedCommands, type TypedCommand } from './typed-command.ts';
import type { Typist } from './typist.ts';

export interface ProveLesson {
  client: VerifyClient & TerminalClient;
  lesson: CourseLesson;
  limits: TrialLimits;
  signal: AbortSignal;
}

/**
 * Types every command block of a lesson, in order, into one terminal of a fresh machine, in which the exercises' set-up
 * scripts have run. Ends at the first command that does not do what the lesson says. Rejects only where `signal` fires.
 */
export async function proveLesson(options: ProveLesson): Promise<ProseProof> {
  const { client, lesson, limits, signal } = options;
  const began = performance.now();
  const steps: Step[] = [];
  const commands: CommandProof[] = [];
  const { blocks } = commandBlocksIn(lesson.file, await readFile(lesson.file, 'utf8'));
  const typed = blocks.filter(({ unproven }) => unproven === null);
  if (typed.length > 0) {
    await inFreshMachine({ ...options, steps }, async (sandboxId) => {
      for (const { scripts } of lesson.exercises) {
        await setUp({ client, limits, signal, steps, sandboxId, setup: scripts.setup });
      }
      await step(steps, 'script', signal, async () => {
        using terminal = await openTypist(client, sandboxId);
        const either = AbortSignal.any([signal, terminal.lost]);
        if (!(await terminal.typist.firstPrompt({ timeoutMs: 10_000, signal: either })))
          throw new StepFailed('the terminal showed no prompt within 10 s');
        await typeBlocks(typed, { typist: terminal.typist, commands, limits, signal: either });
      });
    });
  }
  const broken = steps.find((each) => !each.ok);
  const fault = broken === undefined ? null : `${broken.name}: ${broken.detail ?? 'failed'}`;
  return {
    lessonId: lesson.id,
    file: lesson.file,
    ok: fault === null && commands.every((each) => each.ok),
    ms: Math.round(performance.now() - began),
    commands,
    unproven: blocks.flatMap(({ line, unproven: because }) => (because === null ? [] : [{ line, because }])),
    fault,
  };
}

interface Typing {
  typist: Typist;
  commands: CommandProof[];
  limits: TrialLimits;
  signal: AbortSignal;
}

async function typeBlocks(blocks: readonly CommandBlock[], typing: Typing): Promise<void> {
  for (const block of blocks) {
    const commands = await typedCommands(block.lines, block.line + 1);
    for (const [index, command] of commands.entries()) {
      const isLast = index === commands.length - 1;
      const proof = await typeCommand(command, {
        ...typing,
        expectedExit: expectedExit(block.exits, index, commands.length),
        keys: isLast ? block.keys : [],
      });
      typing.commands.push(proof);
      if (!proof.ok) return;
    }
  }
}

/** A single code is of the last command: the one that a block leads up to. */
function expectedExit(exits: readonly number[], index: number, count: number): number {
  if (exits.length === 1) return index === count - 1 ? exits[0]! : 0;
  return exits[index] ?? 0;
}

async function typeCommand(
  { line, text }: TypedCommand,
  options: Typing & { expectedExit: number; keys: readonly string[] },
): Promise<CommandProof> {
  const { typist, limits, signal, expectedExit: expected, keys } = options;
  const began = performance.now();
  const { exitCode, output } = await typist.run({ text, keys, timeoutMs: limits.scriptTimeoutMs, signal });
  const ok = exitCode === expected;
  return {
    line,
    text,
    ok,
    ms: Math.round(performance.now() - began),
    expectedExit: expected,
    exitCode,
    ...(!ok && { output: output.split('\n').slice(-20).join('\n') }),
  };
}
