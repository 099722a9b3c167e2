import type { ProcessSeen } from '../machine/process.ts';

/**
 * The program that a process runs, by its own account of its command line and without directories: of `busybox sleep`
 * it is `sleep`, of a login shell `-sh` the `sh`. What only stands among the arguments, as in `sh -c 'sleep 9'`, is none.
 */
export function programOf({ argv, name }: Pick<ProcessSeen, 'argv' | 'name'>): string {
  const [first, second] = argv;
  if (first === undefined) return name;
  // Servers write there what they are at: `nginx: master process nginx`.
  const title = /^([\w.+-]+): /.exec(first)?.[1];
  if (title !== undefined) return title;
  const program = withoutDirectory(first).replace(/^-/, '');
  return program === 'busybox' && second !== undefined && !second.startsWith('-')
    ? withoutDirectory(second)
    : program;
}

function withoutDirectory(word: string): string {
  return word.split('/').at(-1)!;
}
