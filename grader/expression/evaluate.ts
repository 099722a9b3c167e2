import { asList, functions, type Value } from './functions.ts';
import type { BinarySign, Expression, Seen } from './tree.ts';

/** Far beyond any question; a learner may have made the lists long. */
const maxSteps = 200_000;

/** Thrown where it would take too long. */
export class TooMuchWork extends Error {}

/** Null where it comes to nothing: something is not there, or of another kind than the expression takes it for. */
export function evaluate(
  expression: Expression,
  see: (seen: Seen) => Value,
): string | number | boolean | null {
  let steps = 0;

  function work(node: Expression, it: Value): Value {
    if ((steps += 1) > maxSteps) throw new TooMuchWork(`more than ${maxSteps} steps`);
    switch (node.type) {
      case 'literal':
        return node.value;
      case 'seen':
        return see(node.seen);
      case 'it':
        return it;
      case 'member':
        return member(work(node.of, it), work(node.key, it));
      case 'call':
        return call(node, it);
      case 'not': {
        const value = work(node.of, it);
        return typeof value === 'boolean' ? !value : null;
      }
      case 'minus': {
        const value = work(node.of, it);
        return typeof value === 'number' ? -value : null;
      }
      case 'binary':
        return binary(node, it);
    }
  }

  function call({ name, arguments: given }: Expression & { type: 'call' }, it: Value): Value {
    const known = functions[name]!;
    if (!known.each) return known.apply(...given.map((one) => work(one, it)));
    const items = asList(work(given[0]!, it));
    if (items === null) return null;
    const each = given[1];
    return known.apply(items, each === undefined ? null : items.map((item) => work(each, item)));
  }

  function binary({ sign, left, right }: Expression & { type: 'binary' }, it: Value): Value {
    const one = work(left, it);
    // What is decided is not looked into further.
    if (sign === 'and' && one === false) return false;
    if (sign === 'or' && one === true) return true;
    return combined(sign, one, work(right, it));
  }

  const value = work(expression, null);
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Own properties only; of lists by number, from the end where it is negative. */
function member(of: Value, key: Value): Value {
  if (Array.isArray(of)) return typeof key === 'number' ? (of.at(key) ?? null) : null;
  if (typeof of !== 'object' || of === null) return null;
  if (typeof key !== 'string' || !Object.hasOwn(of, key)) return null;
  return (of as Record<string, unknown>)[key] ?? null;
}

function combined(sign: BinarySign, left: Value, right: Value): Value {
  if (sign === '==') return left === right;
  if (sign === '!=') return left !== right;
  if (sign === 'and' || sign === 'or')
    return typeof right === 'boolean' && typeof left === 'boolean' ? right : null;
  if (typeof left === 'string' && typeof right === 'string') return ofTexts(sign, left, right);
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  switch (sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return compared(sign, left, right);
  }
}

function ofTexts(sign: BinarySign, left: string, right: string): Value {
  if (sign === '+') return (left + right).slice(0, 64 * 1024);
  return compared(sign, left, right);
}

function compared<T extends string | number>(sign: BinarySign, left: T, right: T): Value {
  switch (sign) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return null;
  }
}
