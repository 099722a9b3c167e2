/** Ctrl-C and its kin as an AbortSignal. */
export class Interrupted extends Error {
  readonly signalName: NodeJS.Signals;

  constructor(signalName: NodeJS.Signals) {
    super(`interrupted by ${signalName}`);
    this.name = 'Interrupted';
    this.signalName = signalName;
  }
}

/** The third one in a row ends the program at once: whatever it waits for does not end. */
const patience = 3;

export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let count = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      count += 1;
      if (count === 1) controller.abort(new Interrupted(name));
      else if (count < patience) process.stderr.write('Ending; once more to give up on an orderly end.\n');
      else process.exit(130);
    });
  }
  return controller.signal;
}
