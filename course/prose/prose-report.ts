import type { CommandProof, ProseProof } from './prose-proof.ts';

/** One line a lesson, and below it what failed, as `file:line`. */
export function proseRows(proofs: readonly ProseProof[]): string[] {
  const width = Math.max(0, ...proofs.map(({ lessonId }) => lessonId.length));
  return proofs.flatMap((proof) => {
    const { lessonId, ok, ms, commands, unproven, recalled } = proof;
    const time = `${(ms / 1000).toFixed(1)} s`.padStart(8);
    const note = [
      `${counted(commands.length, 'command')} typed`,
      ...(unproven.length === 0 ? [] : [`${counted(unproven.length, 'block')} not run`]),
      ...(recalled ? ['proven before'] : []),
    ].join(', ');
    return [
      `${lessonId.padEnd(width)}  ${ok ? 'ok  ' : 'FAIL'}${time}  ${note}`,
      ...failuresOf(proof).flatMap((text) => text.split('\n').map((line) => `      ${line}`)),
      ...unproven.map(({ line, because }) => `  not run: ${proof.file}:${line}: ${because}`),
    ];
  });
}

/** Each with its place, what was expected and what was seen. */
export function failuresOf({ file, fault, commands }: ProseProof): string[] {
  return [
    ...(fault === null ? [] : [`${file}: ${fault}`]),
    ...commands.filter(({ ok }) => !ok).map((command) => `${file}:${failureOf(command)}`),
  ];
}

function failureOf({ line, text, expectedExit, exitCode, output = '' }: CommandProof): string {
  const how =
    exitCode === null
      ? 'did not come back to a prompt; expected it to end, or `keys`, or `unproven`'
      : `ended with exit code ${exitCode}; expected ${expectedExit}`;
  return `${line}: \`${text}\` ${how}. The terminal showed:\n${output}`;
}

export function proseSummary(proofs: readonly ProseProof[]): string {
  const commands = proofs.flatMap((proof) => proof.commands);
  const failed = proofs.filter(({ ok }) => !ok).length;
  const all = `${counted(proofs.length, 'lesson')}, ${counted(commands.length, 'command')} typed`;
  return failed === 0 ? `The prose works: ${all}.` : `The prose does not work: ${failed} of ${all}.`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
