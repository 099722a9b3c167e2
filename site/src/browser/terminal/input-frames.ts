/** Well below what the portal takes in one frame (`terminalLimits.maxFrameBytes`), so that a long paste stays interruptible. */
const frameBytes = 16 * 1024;

/** Input as the frames it is sent in: UTF-8, cut anywhere, since the other side only passes bytes on. */
export function* splitInput(input: string | Uint8Array): Generator<Uint8Array> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  for (let start = 0; start < bytes.byteLength; start += frameBytes)
    yield bytes.subarray(start, start + frameBytes);
}
