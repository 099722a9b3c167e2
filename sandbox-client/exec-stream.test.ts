import fc from 'fast-check';
import { expect, test } from 'vitest';
import { execStreams } from '../protocol/sandbox-api.ts';
import { ExecFrameReader } from './exec-stream.ts';

function frame(stream: number, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

const exit = { exitCode: 3, signal: null, timedOut: false };
const exitFrame = frame(execStreams.exit, JSON.stringify(exit));

test('gives back what was framed, however the stream was cut', () => {
  const outputs = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array({ maxLength: 40 })));
  fc.assert(
    fc.property(outputs, fc.array(fc.nat(20), { minLength: 1 }), (frames, cuts) => {
      const got: Record<number, Buffer[]> = { 1: [], 2: [] };
      const reader = new ExecFrameReader({
        onStdout: (bytes) => got[1]?.push(Buffer.from(bytes)),
        onStderr: (bytes) => got[2]?.push(Buffer.from(bytes)),
      });
      const all = Buffer.concat([
        ...frames.map(([stream, bytes]) => frame(stream, Buffer.from(bytes))),
        exitFrame,
      ]);
      for (let at = 0, turn = 0; at < all.length; turn += 1) {
        const size = (cuts[turn % cuts.length] ?? 0) + 1;
        reader.push(all.subarray(at, at + size));
        at += size;
      }
      expect(reader.finish()).toEqual(exit);
      for (const stream of [1, 2]) {
        const expected = frames.filter(([one]) => one === stream).map(([, bytes]) => Buffer.from(bytes));
        expect(Buffer.concat(got[stream] ?? [])).toEqual(Buffer.concat(expected));
      }
    }),
  );
});

test('a stream cut short is said to be so', () => {
  const reader = new ExecFrameReader({});
  reader.push(frame(1, 'half').subarray(0, 10));
  expect(() => reader.finish()).toThrow(expect.objectContaining({ code: 'SANDBOX_SERVER_DOWN' }));
});

test.each([
  ['an unknown stream', frame(7, 'x')],
  ['an endless exit frame', Buffer.from([3, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])],
  ['an exit frame that is not JSON', frame(3, 'gone')],
  ['bytes after the exit frame', Buffer.concat([exitFrame, frame(1, 'late')])],
])('%s is refused', (_name, bytes) => {
  expect(() => new ExecFrameReader({}).push(bytes)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
});
