import { recall, remember } from '../page/preference.ts';

/** How the tabs lie on this device: their order, what is seen, and where the divider stands. */
export interface Desk {
  /** Terminal ids in the order of the tabs. */
  order: string[];
  /** Of those without a name of their own, by terminal id: a tab is called the same after a reload. */
  numbers: Record<string, number>;
  left: string | null;
  /** Beside it, where two are shown. */
  right: string | null;
  active: string | null;
  /** Of the width, the left one's, percent. */
  percent: number;
}

export const dividerRange = { min: 20, max: 80, usual: 50 } as const;
const most = 20;

export function clampDivider(percent: number): number {
  return Math.round(Math.min(dividerRange.max, Math.max(dividerRange.min, percent)));
}

/** Where a key moves the divider to; null for keys that do not. */
export function moveDivider(percent: number, key: string): number | null {
  const targets: Record<string, number> = {
    ArrowLeft: percent - 2,
    ArrowRight: percent + 2,
    PageDown: percent - 10,
    PageUp: percent + 10,
    Home: dividerRange.min,
    End: dividerRange.max,
    Enter: dividerRange.usual,
  };
  const target = targets[key];
  return target === undefined ? null : clampDivider(target);
}

/** What was stored, or anything else that stands in its place, as a desk. */
export function readDesk(stored: string | null): Desk {
  let found: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) found = parsed as Record<string, unknown>;
  } catch {
    // Not ours: as if nothing were stored.
  }
  const id = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const numbers = Object.entries(found.numbers ?? {}).filter(
    (entry): entry is [string, number] => Number.isInteger(entry[1]) && entry[1] > 0,
  );
  const order = Array.isArray(found.order) ? found.order.filter((one) => typeof one === 'string') : [];
  return {
    order: order.slice(0, most),
    numbers: Object.fromEntries(numbers.slice(0, most)),
    left: id(found.left),
    right: id(found.right),
    active: id(found.active),
    percent: clampDivider(Number(found.percent) || dividerRange.usual),
  };
}

/** In the order of the desk; what it does not know comes after, as it came. */
export function sortByDesk<T extends { id: string }>(desk: Desk, terminals: readonly T[]): T[] {
  const place = ({ id }: T): number => {
    const index = desk.order.indexOf(id);
    return index === -1 ? desk.order.length : index;
  };
  return terminals.toSorted((a, b) => place(a) - place(b));
}

export function recallDesk(): Desk {
  return readDesk(recall('desk'));
}

export function rememberDesk(desk: Desk): void {
  remember('desk', JSON.stringify(desk));
}
