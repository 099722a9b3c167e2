/** What is printed to measure throughput, in the same machine for all. */
export interface Flood {
  what: string;
  command: string;
  /** What the line makes of it: each line feed becomes two bytes. */
  wireBytes: number;
}

const lineFeed = 0x0a;

/** `recording`: what lies at `recordingPath` in the machine. */
export function floodsOf(recordingPath: string, recording: Uint8Array): Flood[] {
  const lineFeeds = recording.reduce((sum, byte) => sum + Number(byte === lineFeed), 0);
  return [
    { what: '`yes`', command: 'yes | head -c 6000000', wireBytes: 9_000_000 },
    {
      what: 'long lines',
      command: 'head -c 20000000 /dev/zero | tr "\\\\0" x | fold -w 2000',
      wireBytes: 20_000_000 + 2 * 9_999,
    },
    {
      what: 'recorded full-screen programs',
      command: `cat ${recordingPath}`,
      wireBytes: recording.length + lineFeeds,
    },
  ];
}
