/**
 * What expressions can do with what they see. Each takes anything, since a learner chose it, and gives null for what it
 * makes no sense of; null is also what is not there.
 */
export type Value = unknown;

/** `each`: its second argument is worked out for every item of the list that is its first, as `it`. */
export interface ListFunction {
  least: number;
  most: number;
  each: true;
  apply: (items: Value[], worked: Value[] | null) => Value;
}

export interface PlainFunction {
  least: number;
  most: number;
  each: false;
  apply: (...values: Value[]) => Value;
}

const maxText = 64 * 1024;
const maxItems = 10_000;

export function asList(value: Value): Value[] | null {
  return Array.isArray(value) ? value.slice(0, maxItems) : null;
}

function text(value: Value): string | null {
  return typeof value === 'string' ? value.slice(0, maxText) : null;
}

function number(value: Value): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

const ofText = (work: (value: string) => Value): PlainFunction => ({
  least: 1,
  most: 1,
  each: false,
  apply: (value) => {
    const known = text(value);
    return known === null ? null : work(known);
  },
});

const ofNumber = (work: (value: number) => number): PlainFunction => ({
  least: 1,
  most: 1,
  each: false,
  apply: (value) => {
    const known = number(value);
    return known === null ? null : work(known);
  },
});

const ofTwoTexts = (work: (value: string, other: string) => Value): PlainFunction => ({
  least: 2,
  most: 2,
  each: false,
  apply: (value, other) => {
    const [one, two] = [text(value), text(other)];
    return one === null || two === null ? null : work(one, two);
  },
});

/** Of numbers; null where one of them is none, or there are none. */
const ofNumbers = (work: (values: number[]) => number | null): ListFunction => ({
  least: 1,
  most: 2,
  each: true,
  apply: (items, worked) => {
    const values = (worked ?? items).map(number);
    return values.includes(null) ? null : work(values as number[]);
  },
});

/** Items for which the second argument is true; all of them without one. */
const ofSome = (work: (items: Value[]) => Value): ListFunction => ({
  least: 1,
  most: 2,
  each: true,
  apply: (items, worked) =>
    work(worked === null ? items : items.filter((_, index) => worked[index] === true)),
});

const lines = (value: string): string[] => (value === '' ? [] : value.replace(/\n$/, '').split('\n'));

export const functions: Readonly<Record<string, ListFunction | PlainFunction>> = {
  count: ofSome((items) => items.length),
  first: ofSome((items) => items[0] ?? null),
  last: ofSome((items) => items.at(-1) ?? null),
  only: ofSome((items) => items),
  map: { least: 2, most: 2, each: true, apply: (_, worked) => worked },
  sum: ofNumbers((values) => values.reduce((sum, value) => sum + value, 0)),
  max: ofNumbers((values) => (values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)))),
  min: ofNumbers((values) => (values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b)))),
  different: {
    least: 1,
    most: 2,
    each: true,
    apply: (items, worked) => [...new Set(worked ?? items)],
  },
  length: {
    least: 1,
    most: 1,
    each: false,
    apply: (value) => {
      if (Array.isArray(value)) return value.length;
      if (typeof value === 'string') return Array.from(value.slice(0, maxText)).length;
      return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
    },
  },
  keys: {
    least: 1,
    most: 1,
    each: false,
    apply: (value) =>
      typeof value === 'object' && value !== null ? Object.keys(value).slice(0, maxItems) : null,
  },
  lines: ofText(lines),
  words: ofText((value) => value.split(/\s+/).filter((word) => word !== '')),
  trim: ofText((value) => value.trim()),
  lower: ofText((value) => value.toLowerCase()),
  upper: ofText((value) => value.toUpperCase()),
  split: ofTwoTexts((value, by) => (by === '' ? null : value.split(by))),
  startsWith: ofTwoTexts((value, other) => value.startsWith(other)),
  endsWith: ofTwoTexts((value, other) => value.endsWith(other)),
  contains: {
    least: 2,
    most: 2,
    each: false,
    apply: (value, part) => {
      if (Array.isArray(value)) return value.includes(part);
      const [whole, known] = [text(value), text(part)];
      return whole === null || known === null ? null : whole.includes(known);
    },
  },
  join: {
    least: 2,
    most: 2,
    each: false,
    apply: (value, by) => {
      const [items, separator] = [asList(value)?.map(text) ?? [null], text(by)];
      return items.includes(null) || separator === null ? null : items.join(separator).slice(0, maxText);
    },
  },
  number: {
    least: 1,
    most: 1,
    each: false,
    apply: (value) => {
      if (typeof value === 'number') return value;
      return typeof value === 'string' && /^\s*-?\d{1,15}(\.\d{1,9})?\s*$/.test(value) ? Number(value) : null;
    },
  },
  text: {
    least: 1,
    most: 1,
    each: false,
    apply: (value) =>
      ['string', 'number', 'boolean'].includes(typeof value) ? String(value).slice(0, maxText) : null,
  },
  floor: ofNumber(Math.floor),
  round: ofNumber(Math.round),
};
