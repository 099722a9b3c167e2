import type { BenchFigure } from './bench-module.ts';
import { table } from './table.ts';

const rounded = ({ value, unit }: Pick<BenchFigure, 'value' | 'unit'>): string =>
  `${Number(value.toPrecision(3))} ${unit}`;

/** What was measured, a row each; where several were measured beside each other, a column for each of them. */
export function figuresTable(figures: readonly BenchFigure[]): string {
  const contenders = [...new Set(figures.flatMap(({ contender }) => contender ?? []))];
  const columns = contenders.length > 0 ? contenders : ['MEASURED'];
  const rows = Map.groupBy(figures, ({ name }) => name);
  return table([
    ['WHAT', ...columns.map((name) => name.toUpperCase()), 'TO REACH'],
    ...[...rows].map(([name, ofName]) => {
      const cells = columns.map((column) => {
        const figure = ofName.find(({ contender }) => contender === undefined || contender === column);
        return figure ? rounded(figure) : '';
      });
      const reach = ofName.find((figure) => figure.reach !== undefined);
      return [name, ...cells, reach ? rounded({ value: reach.reach ?? 0, unit: reach.unit }) : ''];
    }),
  ]);
}
