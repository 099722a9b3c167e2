/**
 * An expression over the machine's state, from its text:
 *
 *     count(containers, it.State == "running")
 *     sum(images, it.Size) / 1000000
 *     first(lines(file("/etc/passwd")))
 */
import { functions } from './functions.ts';
import { ExpressionError, tokens, type Token } from './token.ts';
import { seenCalls, seenIn, seenNames, type BinarySign, type Expression, type Seen } from './tree.ts';

const maxDepth = 30;
/** Weakest first; of one row the left is worked out first. */
const signs: readonly (readonly BinarySign[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Throws `ExpressionError`: what was found at which column, what was expected. */
export function parseExpression(source: string): Expression {
  const parser = new Parser(tokens(source));
  return parser.whole();
}

/** Every look of an expression; none where it cannot be parsed. */
export function seenInText(source: string): Seen[] {
  try {
    return seenIn(parseExpression(source));
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;
  #depth = 0;
  /** How many lists deep: `it` means something there. */
  #lists = 0;

  constructor(all: Token[]) {
    this.#tokens = all;
  }

  whole(): Expression {
    const expression = this.#level(0);
    if (this.#next.type !== 'end') throw this.#unexpected('an operator or the end');
    return expression;
  }

  get #next(): Token {
    return this.#tokens[this.#at]!;
  }

  #take(): Token {
    const token = this.#next;
    if (token.type !== 'end') this.#at += 1;
    return token;
  }

  #takes(text: string): boolean {
    const { type, text: found } = this.#next;
    if (found !== text || (type !== 'sign' && type !== 'name')) return false;
    this.#at += 1;
    return true;
  }

  #unexpected(expected: string): ExpressionError {
    const { type, text, column } = this.#next;
    const found = type === 'end' ? 'the end' : `\`${text}\``;
    return new ExpressionError(column, `found ${found}; expected ${expected}`);
  }

  #level(level: number): Expression {
    const row = signs[level];
    if (row === undefined) return this.#unary();
    let left = this.#level(level + 1);
    for (;;) {
      const sign = row.find((one) => this.#takes(one));
      if (sign === undefined) return left;
      left = { type: 'binary', sign, left, right: this.#level(level + 1) };
      // `1 < 2 < 3` would compare true with 3.
      if (level === 2 && row.includes(this.#next.text as BinarySign)) throw this.#unexpected('`and` or `or`');
    }
  }

  #unary(): Expression {
    const { column } = this.#next;
    if ((this.#depth += 1) > maxDepth) throw new ExpressionError(column, 'it is nested too deeply');
    const type = this.#takes('not') ? 'not' : this.#takes('-') ? 'minus' : null;
    const expression: Expression = type === null ? this.#members() : { type, of: this.#unary() };
    this.#depth -= 1;
    return expression;
  }

  #members(): Expression {
    let expression = this.#primary();
    for (;;) {
      if (this.#takes('.')) {
        if (this.#next.type !== 'name') throw this.#unexpected('the name of a field');
        expression = { type: 'member', of: expression, key: { type: 'literal', value: this.#take().text } };
      } else if (this.#takes('[')) {
        expression = { type: 'member', of: expression, key: this.#level(0) };
        if (!this.#takes(']')) throw this.#unexpected('`]`');
      } else return expression;
    }
  }

  #primary(): Expression {
    const token = this.#next;
    if (token.type === 'number') return { type: 'literal', value: Number(this.#take().text) };
    if (token.type === 'text') return { type: 'literal', value: this.#take().text };
    if (token.type === 'name') return this.#named();
    if (!this.#takes('(')) throw this.#unexpected('a value');
    const expression = this.#level(0);
    if (!this.#takes(')')) throw this.#unexpected('`)`');
    return expression;
  }

  #named(): Expression {
    const { text: name, column } = this.#take();
    if (name === 'true' || name === 'false') return { type: 'literal', value: name === 'true' };
    if (name === 'it') {
      if (this.#lists > 0) return { type: 'it' };
      throw new ExpressionError(
        column,
        '`it` is an item of a list; expected it in `count(list, ...)` and the like',
      );
    }
    const what = seenNames.find((one) => one === name);
    if (what !== undefined) return { type: 'seen', seen: { what } };
    const call = seenCalls.find((one) => one === name);
    if (call !== undefined) return this.#seenCall(call);
    if (!Object.hasOwn(functions, name)) throw unknownName(name, column);
    return this.#call(name, column);
  }

  #seenCall(what: (typeof seenCalls)[number]): Expression {
    if (!this.#takes('(')) throw this.#unexpected('`(`');
    const { type, text, column } = this.#next;
    if (type !== 'text') throw this.#unexpected('a text in quotes, so that it is known what to look at');
    this.#take();
    if (!this.#takes(')')) throw this.#unexpected('`)`');
    if (what === 'file' && !/^\/(?!.*\0)/.test(text)) {
      throw new ExpressionError(column, `found "${text}"; expected an absolute path`);
    }
    const seen: Seen = what === 'file' ? { what, path: text } : { what, name: text };
    return { type: 'seen', seen };
  }

  #call(name: string, column: number): Expression {
    const { least, most, each } = functions[name]!;
    if (!this.#takes('(')) throw this.#unexpected('`(`');
    const found: Expression[] = [];
    while (!this.#takes(')')) {
      if (found.length > 0 && !this.#takes(',')) throw this.#unexpected('`,` or `)`');
      const isInList = each && found.length > 0;
      if (isInList) this.#lists += 1;
      found.push(this.#level(0));
      if (isInList) this.#lists -= 1;
    }
    if (found.length < least || found.length > most) {
      const expected = least === most ? String(least) : `${least} or ${most}`;
      throw new ExpressionError(column, `\`${name}\` is given ${found.length} values; expected ${expected}`);
    }
    return { type: 'call', name, arguments: found };
  }
}

function unknownName(name: string, column: number): ExpressionError {
  const known = [...seenNames, ...seenCalls, ...Object.keys(functions)].map((one) => `\`${one}\``);
  return new ExpressionError(column, `there is no \`${name}\`; expected one of ${known.join(', ')}`);
}
