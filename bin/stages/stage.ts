import type { Writable } from 'node:stream';

/** A part of `npm test`, and what came of it. */
export interface Stage {
  name: string;
  /** It keeps one core busy and nothing else, so that it runs at once with its neighbours that do the same. */
  runsBesideOthers?: boolean;
  /** @param output where what it says goes; the terminal's own output without it */
  run(signal: AbortSignal, output?: Writable): Promise<Count>;
}

/** Of single tests where the stage has such, else of the stage itself. */
export interface Count {
  passed: number;
  failed: number;
}

export const onePassed: Count = { passed: 1, failed: 0 };
export const oneFailed: Count = { passed: 0, failed: 1 };
