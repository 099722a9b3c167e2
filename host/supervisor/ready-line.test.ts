import { expect, test } from 'vitest';
import { ReadyLineReader } from './ready-line.ts';

function feed(...chunks: string[]): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const reader = new ReadyLineReader((message) => found.push(message));
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  return found;
}

test('finds the line among those of a log, however it is cut', () => {
  expect(feed('{"level":30}\n{ not json\nplain\n{"rea', 'dy":true,"port":8080}', '\n')).toEqual([
    { ready: true, port: 8080 },
  ]);
});

test('says it once', () => {
  expect(feed('{"ready":true}\n{"ready":true}\n', '{"ready":true}\n')).toHaveLength(1);
});

test('not ready is not ready', () => {
  expect(feed('{"ready":false}\n', '{"ready":"true"}\n', '{"ready":true}')).toEqual([]);
});
