/** A reporter for node:test: one line of JSON per finished check, a last one when all are through. */
import type { TestEvent } from 'node:test/reporters';
import type { CheckLine } from '../check-line.ts';

function line(value: CheckLine): string {
  return `${JSON.stringify(value)}\n`;
}

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type === 'test:pass') yield line({ check: data.name, ms: Math.round(data.details.duration_ms) });
    if (type === 'test:fail') {
      const { cause } = data.details.error;
      const failure = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      yield line({ check: data.name, ms: Math.round(data.details.duration_ms), failure });
    }
  }
  yield line({ end: true });
}
