/**
 * Control sequences that a terminal obeys as often as their number says, one turn each: `CSI 2147483647 S` keeps xterm.js
 * busy for hours, and with it everything else on its thread. Free of imports: portal and browser bundle both use it.
 */
interface CsiParser {
  registerCsiHandler(
    id: { final: string },
    callback: (params: (number | number[])[]) => boolean,
  ): { dispose(): void };
}

/** Tabs, lines inserted and deleted, scrolls, tabs back, repetitions. */
const counted = ['I', 'L', 'M', 'S', 'T', 'Z', 'b'] as const;
/** The most rows and columns a terminal here can have: programs never need more. */
const most = 500;

/** Sequences that ask for more are ignored. Register it last: later handlers are asked first. */
export function ignoreRunawayCounts(parser: CsiParser): void {
  for (const final of counted) parser.registerCsiHandler({ final }, ([count]) => Number(count ?? 0) > most);
}
