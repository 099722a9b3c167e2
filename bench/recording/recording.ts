import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const recordingFile = fileURLToPath(new URL('full-screen.gz', import.meta.url));

/** What top, nano, less and vi printed on a terminal of 80 by 24, as `record.ts` took it down, so many times over. */
export function fullScreenRecording(times: number): Buffer {
  const once = gunzipSync(readFileSync(recordingFile));
  return Buffer.concat(Array.from({ length: times }, () => once));
}
