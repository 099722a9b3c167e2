/**
 * Contour lines of an invented landscape, as SVG path data: hills are bell curves, lines are found by marching squares.
 * Deterministic, so that a build is reproducible.
 */

export interface Hill {
  x: number;
  y: number;
  height: number;
  /** Standard deviations along x and y. */
  spreadX: number;
  spreadY: number;
}

export interface ContourOptions {
  width: number;
  height: number;
  /** Distance of the grid's points. */
  step: number;
  hills: readonly Hill[];
  levels: readonly number[];
}

type Point = readonly [x: number, y: number];

/** One `d` attribute per level. */
export function drawContours(options: ContourOptions): string[] {
  return options.levels.map((level) => joinSegments(findSegments(options, level)).map(toPathData).join(''));
}

function heightAt(hills: readonly Hill[], x: number, y: number): number {
  let sum = 0;
  for (const hill of hills) {
    const dx = (x - hill.x) / hill.spreadX;
    const dy = (y - hill.y) / hill.spreadY;
    sum += hill.height * Math.exp(-(dx * dx + dy * dy) / 2);
  }
  return sum;
}

function findSegments({ width, height, step, hills }: ContourOptions, level: number): [Point, Point][] {
  const segments: [Point, Point][] = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const corners: Point[] = [
        [x, y],
        [x + step, y],
        [x + step, y + step],
        [x, y + step],
      ];
      const heights = corners.map(([cx, cy]) => heightAt(hills, cx, cy));
      const crossings: Point[] = [];
      for (let edge = 0; edge < 4; edge++) {
        const from = corners[edge] as Point;
        const to = corners[(edge + 1) % 4] as Point;
        const a = heights[edge] as number;
        const b = heights[(edge + 1) % 4] as number;
        if (a < level === b < level) continue;
        const t = (level - a) / (b - a);
        crossings.push([round(from[0] + (to[0] - from[0]) * t), round(from[1] + (to[1] - from[1]) * t)]);
      }
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        segments.push([crossings[pair] as Point, crossings[pair + 1] as Point]);
      }
    }
  }
  return segments;
}

function joinSegments(segments: [Point, Point][]): Point[][] {
  const byEnd = new Map<string, number[]>();
  for (const [index, ends] of segments.entries()) {
    for (const end of ends) byEnd.set(key(end), [...(byEnd.get(key(end)) ?? []), index]);
  }
  const used = new Set<number>();
  const lines: Point[][] = [];
  for (const [index, [start, next]] of segments.entries()) {
    if (used.has(index)) continue;
    used.add(index);
    const line = [start, next];
    extend(line, segments, byEnd, used);
    line.reverse();
    extend(line, segments, byEnd, used);
    lines.push(line);
  }
  return lines;
}

function extend(
  line: Point[],
  segments: [Point, Point][],
  byEnd: Map<string, number[]>,
  used: Set<number>,
): void {
  for (;;) {
    const tip = line.at(-1) as Point;
    const index = byEnd.get(key(tip))?.find((candidate) => !used.has(candidate));
    if (index === undefined) return;
    used.add(index);
    const [a, b] = segments[index] as [Point, Point];
    line.push(key(a) === key(tip) ? b : a);
  }
}

/** Smoothed by curves through the middles of the segments. */
function toPathData(line: Point[]): string {
  const [first, ...rest] = line as [Point, ...Point[]];
  let data = `M${first[0]} ${first[1]}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (!next) data += `L${point[0]} ${point[1]}`;
    else
      data += `Q${point[0]} ${point[1]} ${round((point[0] + next[0]) / 2)} ${round((point[1] + next[1]) / 2)}`;
  }
  return data;
}

function key([x, y]: Point): string {
  return `${x},${y}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
