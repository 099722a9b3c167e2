/** A part of `npm test`, and what came of it. */
export interface Stage {
  name: string;
  run(signal: AbortSignal): Promise<Count>;
}

/** Of single tests where the stage has such, else of the stage itself. */
export interface Count {
  passed: number;
  failed: number;
}

export const onePassed: Count = { passed: 1, failed: 0 };
export const oneFailed: Count = { passed: 0, failed: 1 };
