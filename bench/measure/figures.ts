import type { BenchFigure } from '../../bin/bench-module.ts';
import { percentile } from './percentile.ts';

/** Runs it and adds what it took, in milliseconds. */
export async function timed<T>(into: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  into.push(performance.now() - start);
  return result;
}

/** Median and 95th percentile, with the numbers to reach. */
export function durations(
  name: string,
  values: readonly number[],
  reach: { median?: number; p95?: number } = {},
): BenchFigure[] {
  const figure = (share: number, label: 'median' | 'p95'): BenchFigure => ({
    name: `${name}, ${label}`,
    value: percentile(values, share),
    unit: 'ms',
    ...(reach[label] === undefined ? {} : { reach: reach[label] }),
  });
  return [figure(0.5, 'median'), figure(0.95, 'p95')];
}

/** The median of some rounds, in MB/s. */
export function rate(name: string, values: readonly number[]): BenchFigure {
  return { name: `throughput, ${name}`, value: percentile(values, 0.5), unit: 'MB/s' };
}
