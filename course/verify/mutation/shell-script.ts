/**
 * Finds the simple commands of a bash script and where their words stand. It knows a part of the language, and what it
 * does not know ends the search: `case`, `select`, `[[`, `((`, functions and process substitution, with all below them.
 */

import { shellGrammar } from '../../../grader/shell-grammar.ts';
import { NotUnderstood, WordReader, type Span, type Word } from './shell-word.ts';

export interface Redirection extends Span {
  operator: string;
  target: Word;
}

/** One command with its arguments, among them such as `id=$(…)` that only assign. */
export interface SimpleCommand extends Span {
  assignments: Word[];
  words: Word[];
  redirections: Redirection[];
}

/** In the order of the text; those within `$(…)` and within `sh -c '…'` are commands as well. */
export function simpleCommandsIn(script: string): SimpleCommand[] {
  const found: SimpleCommand[] = [];
  search(script, { start: 0, end: script.length }, found);
  return found.toSorted((left, right) => left.start - right.start);
}

function search(script: string, span: Span, found: SimpleCommand[]): void {
  try {
    new CommandReader(script, span, found).list(null);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
  }
}

const passedOver = new Set([...shellGrammar, 'time']);
const notRead = new Set(['case', 'select', 'function', '[[', 'coproc']);
const operators = ['&>>', '<<<', '<<-', '&>', '>>', '>&', '<&', '>|', '<>', '<<', '>', '<'];
const shells = /(?:^|\/)(?:sh|bash|ash|dash|script|su)$/;

class CommandReader extends WordReader {
  private hereDocs: { delimiter: string; indented: boolean }[] = [];
  private readonly found: SimpleCommand[];

  constructor(script: string, span: Span, found: SimpleCommand[]) {
    super(script, span);
    this.found = found;
  }

  /** Commands up to the bracket that closes, or to the end. */
  override list(closing: ')' | null): void {
    while (this.at < this.end) {
      const char = this.char();
      if (char === '\n') this.newline();
      else if (char === '#') this.skipTo('\n');
      else if (' \t;&|'.includes(char) && !this.operator()) this.at += 1;
      else if (this.script.startsWith('\\\n', this.at)) this.at += 2;
      else if (char === '(') this.bracket();
      else if (char === ')') {
        if (closing === null) throw new NotUnderstood();
        this.at += 1;
        return;
      } else this.command();
    }
    if (closing !== null) throw new NotUnderstood();
  }

  private bracket(): void {
    if (this.script.startsWith('((', this.at)) throw new NotUnderstood();
    this.at += 1;
    this.list(')');
  }

  private command(): void {
    const command: SimpleCommand = {
      start: this.at,
      end: this.at,
      assignments: [],
      words: [],
      redirections: [],
    };
    for (;;) {
      this.blanks();
      const operator = this.operator();
      if (operator !== null) command.redirections.push(this.redirection(operator));
      else if (this.at >= this.end || '\n;&|()'.includes(this.char())) break;
      else if (this.char() === '#') break;
      else {
        const word = this.word();
        if (command.words.length === 0 && this.isKeyword(word)) return;
        const assigns = command.words.length === 0 && /^\w+\+?=/.test(word.raw);
        (assigns ? command.assignments : command.words).push(word);
      }
      command.end = this.at;
    }
    if (this.at < this.end && this.char() === '(') throw new NotUnderstood();
    if (command.words.length + command.assignments.length === 0) return;
    this.found.push(command);
    this.innerScripts(command);
  }

  /** True where the word is one of the language's own; it is then behind us. */
  private isKeyword({ raw }: Word): boolean {
    if (notRead.has(raw)) throw new NotUnderstood();
    if (raw === 'for') {
      while (this.at < this.end && !';\n'.includes(this.char())) {
        if (this.char() === '(') throw new NotUnderstood();
        this.blanks();
        if (!';\n'.includes(this.char())) this.word();
      }
      return true;
    }
    return passedOver.has(raw);
  }

  private redirection(operator: string): Redirection {
    const start = this.at;
    this.at += operator.length;
    this.blanks();
    if (this.at >= this.end || '(\n'.includes(this.char())) throw new NotUnderstood();
    const target = this.word();
    if (operator.endsWith('<<') || operator.endsWith('<<-')) {
      if (target.literal === null) throw new NotUnderstood();
      this.hereDocs.push({ delimiter: target.literal, indented: operator.endsWith('-') });
    }
    return { start, end: this.at, operator, target };
  }

  /** The redirection that stands here, with the number of its file before it. */
  private operator(): string | null {
    const number = /^\d*(?=[<>])/.exec(this.script.slice(this.at, this.at + 4))?.[0] ?? '';
    const operator = operators.find((each) => this.script.startsWith(each, this.at + number.length));
    return operator === undefined ? null : number + operator;
  }

  private newline(): void {
    this.at += 1;
    for (const { delimiter, indented } of this.hereDocs) {
      for (;;) {
        if (this.at >= this.end) throw new NotUnderstood();
        const start = this.at;
        this.skipTo('\n');
        const line = this.script.slice(start, this.at);
        this.at += 1;
        if ((indented ? line.replace(/^\t+/, '') : line) === delimiter) break;
      }
    }
    this.hereDocs = [];
  }

  /** `sh -c '…'` holds a script of its own. */
  private innerScripts({ words }: SimpleCommand): void {
    for (const [index, { raw, start, end }] of words.entries()) {
      const flag = words[index - 1]?.literal ?? '';
      const shell = words.slice(0, index).some(({ literal }) => literal !== null && shells.test(literal));
      if (shell && /^-[a-z]*c$/.test(flag) && /^'[^']*'$/.test(raw)) {
        search(this.script, { start: start + 1, end: end - 1 }, this.found);
      }
    }
  }
}
