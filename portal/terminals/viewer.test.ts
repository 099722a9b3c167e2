import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { terminalLimits } from '../../protocol/terminal.ts';
import type { ServerMessage } from '../../protocol/terminal.ts';
import { ByteRing } from './byte-ring.ts';
import { Viewer } from './viewer.ts';

const size = { cols: 80, rows: 24 };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A terminal's output and what the browser was sent of it. */
function watching({ capacityBytes = 1024 * 1024 } = {}) {
  const ring = new ByteRing({ capacityBytes });
  const sent: (ServerMessage | number)[] = [];
  const closes: number[] = [];
  let flows = 0;
  const viewer = new Viewer({
    size,
    sink: {
      sendBytes: (bytes) => sent.push(bytes.length),
      tell: (message) => sent.push(message),
      close: (code) => closes.push(code),
    },
    source: {
      ring,
      size,
      snapshot: async () => ({ seq: ring.end, bytes: Buffer.alloc(7), ...size }),
      onFlow: () => (flows += 1),
    },
  });
  return {
    ring,
    viewer,
    sent,
    closes,
    flowCount: () => flows,
    print(bytes: number) {
      ring.append(Buffer.alloc(bytes));
      viewer.onOutput();
    },
    sentBytes: () => sent.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0),
  };
}

test('the first bytes go at once, a steady flow is gathered', () => {
  const { viewer, print, sent } = watching();
  viewer.begin(0);
  vi.advanceTimersByTime(100);
  print(1);
  print(2);
  print(3);
  expect(sent.slice(1)).toEqual([1]);
  vi.advanceTimersByTime(8);
  expect(sent.slice(1)).toEqual([1, 5]);
  print(1);
  print(32 * 1024);
  expect(sent.slice(1)).toEqual([1, 5, 32 * 1024, 1]);
});

test('what follows a key is not gathered', () => {
  const { viewer, print, sent } = watching();
  viewer.begin(0);
  vi.advanceTimersByTime(100);
  print(1);
  viewer.onInput();
  print(2);
  vi.advanceTimersByTime(49);
  print(3);
  vi.advanceTimersByTime(1);
  print(4);
  expect(sent.slice(1)).toEqual([1, 2, 3]);
});

test('what is not acknowledged is bounded, and goes on where it stopped', () => {
  const { viewer, print, sentBytes } = watching();
  viewer.begin(0);
  const { highWaterBytes, lowWaterBytes } = terminalLimits;
  print(highWaterBytes + 50_000);
  expect(sentBytes()).toBe(highWaterBytes);
  viewer.acknowledge(highWaterBytes - lowWaterBytes);
  expect(sentBytes()).toBe(highWaterBytes);
  viewer.acknowledge(highWaterBytes - lowWaterBytes + 1);
  expect(sentBytes()).toBe(highWaterBytes + 50_000);
  expect(viewer.heldAt).toBe(highWaterBytes - lowWaterBytes + 1);
});

test('an acknowledgement of what was never sent, or of the past, counts for nothing', () => {
  const { viewer, print } = watching();
  viewer.begin(0);
  vi.advanceTimersByTime(8);
  print(100);
  viewer.acknowledge(60);
  viewer.acknowledge(50);
  viewer.acknowledge(101);
  expect(viewer.heldAt).toBe(60);
});

test('a browser that acknowledges nothing for 10 s holds the terminal no more', () => {
  const { viewer, print, flowCount } = watching();
  viewer.begin(0);
  print(terminalLimits.highWaterBytes);
  vi.advanceTimersByTime(9_999);
  expect(viewer.heldAt).toBe(0);
  const before = flowCount();
  vi.advanceTimersByTime(1);
  expect(viewer.heldAt).toBe(null);
  expect(flowCount()).toBe(before + 1);
  viewer.acknowledge(1);
  expect(viewer.heldAt).toBe(1);
});

test('one that fell too far behind gets a snapshot', async () => {
  const { viewer, print, sent, ring } = watching({ capacityBytes: 300_000 });
  viewer.begin(0);
  for (let turn = 0; turn < 10; turn += 1) print(100_000);
  expect(ring.start).toBeGreaterThan(terminalLimits.highWaterBytes);
  viewer.acknowledge(terminalLimits.highWaterBytes);
  expect(viewer.heldAt).toBe(null);
  await vi.runAllTimersAsync();
  expect(sent.slice(-2)).toEqual([{ type: 'hello', seq: 1_000_000, mode: 'snapshot', ...size }, 7]);
  expect(viewer.heldAt).toBe(1_000_000);
});

test.each([
  ['not given', undefined, 'snapshot'],
  ['no longer kept', 5, 'snapshot'],
  ['beyond the end', 101, 'snapshot'],
  ['the end', 100, 'resume'],
  ['still kept', 60, 'resume'],
])('resuming from a byte that is %s', async (_name, from, mode) => {
  const { viewer, sent, ring } = watching({ capacityBytes: 50 });
  for (let turn = 0; turn < 10; turn += 1) ring.append(Buffer.alloc(10));
  viewer.begin(from);
  await vi.runAllTimersAsync();
  expect(sent[0]).toEqual({ type: 'hello', seq: mode === 'resume' ? from : 100, mode, ...size });
  expect(sent.slice(1)).toEqual(mode === 'snapshot' ? [7] : from === 60 ? [40] : []);
});

test('the end of the shell is told after its last byte', () => {
  const { viewer, print, sent } = watching();
  viewer.begin(0);
  print(terminalLimits.highWaterBytes + 5);
  viewer.onExit({ code: 3, signal: null });
  expect(sent.at(-1)).toBeTypeOf('number');
  viewer.acknowledge(terminalLimits.highWaterBytes);
  expect(sent.slice(-2)).toEqual([5, { type: 'exit', code: 3, signal: null }]);
});

test('a closed one is silent', async () => {
  const { viewer, print, sent, closes } = watching();
  viewer.begin(undefined);
  viewer.close(4404);
  viewer.close(4404);
  print(10);
  viewer.tell({ type: 'pong', t: 1 });
  await vi.runAllTimersAsync();
  expect([sent, closes]).toEqual([[], [4404]]);
});
