/** What a file in `bench/` exports, as `bench`: one measurement that can be repeated on any computer. */
import type { Layout } from '../host/layout.ts';

export interface BenchFigure {
  /** `cold start to shell, p95`. */
  name: string;
  /** Where several are measured beside each other, by the same name: whose it is. */
  contender?: string;
  value: number;
  /** `ms`, `MB`, `sandboxes`. */
  unit: string;
  /** The number to reach, in the same unit. */
  reach?: number;
}

export interface BenchContext {
  layout: Layout;
  /** Says what is being measured now. */
  onStep: (words: string) => void;
  /** Something to be told below the figures, such as what could not be measured and how it could. */
  onNote: (words: string) => void;
  /** Whether what people use instead may be fetched; what is there already is measured either way. */
  fetchRivals: boolean;
  signal: AbortSignal;
}

export interface Bench {
  /** One line: what it measures. */
  summary: string;
  run(context: BenchContext): Promise<BenchFigure[]>;
}
