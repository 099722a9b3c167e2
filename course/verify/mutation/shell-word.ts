/** Reads a script word by word, with what bash makes of quotes and expansions. */

/** A stretch of the script's text. */
export interface Span {
  start: number;
  end: number;
}

export interface Word extends Span {
  /** As it stands there, quotes and all. */
  raw: string;
  /** Without its quotes; null where an expansion decides. */
  literal: string | null;
}

/** What stands there is beyond what is read here. */
export class NotUnderstood extends Error {}

export abstract class WordReader {
  protected at: number;
  protected readonly end: number;
  protected readonly script: string;

  constructor(script: string, { start, end }: Span) {
    this.script = script;
    this.at = start;
    this.end = end;
  }

  /** Reads the commands of a substitution up to the bracket that closes it. */
  abstract list(closing: ')' | null): void;

  protected word(): Word {
    const start = this.at;
    let literal: string | null = '';
    const add = (text: string | null): void => {
      literal = literal === null || text === null ? null : literal + text;
    };
    while (this.at < this.end && !' \t\n;&|()<>'.includes(this.char())) {
      if (this.char() === "'") add(this.singleQuoted());
      else if (this.char() === '"') add(this.doubleQuoted());
      else add(this.plain());
    }
    if (this.at === start) throw new NotUnderstood();
    return { start, end: this.at, raw: this.script.slice(start, this.at), literal };
  }

  private singleQuoted(): string {
    const close = this.script.indexOf("'", this.at + 1);
    if (close === -1 || close >= this.end) throw new NotUnderstood();
    const text = this.script.slice(this.at + 1, close);
    this.at = close + 1;
    return text;
  }

  private doubleQuoted(): string | null {
    let literal: string | null = '';
    this.at += 1;
    while (this.at < this.end && this.char() !== '"') {
      const part = this.plain();
      literal = literal === null || part === null ? null : literal + part;
    }
    if (this.at >= this.end) throw new NotUnderstood();
    this.at += 1;
    return literal;
  }

  /** One character, or one expansion: then null. */
  private plain(): string | null {
    const rest = this.script.slice(this.at, this.at + 3);
    if (rest.startsWith('`') || rest.startsWith('$((') || rest.startsWith("$'")) throw new NotUnderstood();
    if (rest.startsWith('$(')) {
      this.at += 2;
      this.list(')');
      return null;
    }
    if (rest.startsWith('${')) {
      this.skipTo('}');
      this.at += 1;
      return null;
    }
    if (rest.startsWith('\\')) {
      this.at += 2;
      return rest[1] === '\n' ? '' : (rest[1] ?? '');
    }
    this.at += 1;
    return rest.startsWith('$') ? null : rest[0]!;
  }

  protected blanks(): void {
    while (this.at < this.end && (' \t'.includes(this.char()) || this.script.startsWith('\\\n', this.at))) {
      this.at += this.char() === '\\' ? 2 : 1;
    }
  }

  protected skipTo(char: string): void {
    const found = this.script.indexOf(char, this.at);
    this.at = found === -1 ? this.end : Math.min(found, this.end);
  }

  protected char(): string {
    return this.script[this.at]!;
  }
}
