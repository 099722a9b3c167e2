import { expect, test } from 'vitest';
import type { Pty } from '../engine.ts';
import { Terminal, type TerminalReader } from './terminal.ts';

/** A PTY that is a pair of callbacks: what the state machine is driven by, without a process. */
function pipe() {
  let emit: (chunk: Buffer) => void = () => undefined;
  let end: (exit: { code: number | null; signal: string | null }) => void = () => undefined;
  const calls: string[] = [];
  const pty: Pty = {
    onData: (listener) => (emit = listener),
    onExit: (listener) => (end = listener),
    write: (bytes) => calls.push(`write ${bytes.toString()}`),
    resize: ({ cols, rows }) => calls.push(`resize ${cols}x${rows}`),
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
    hangUp: () => calls.push('hangUp'),
  };
  const terminal = new Terminal({ id: 'abcdef012345', pty, cols: 80, rows: 24 });
  return {
    terminal,
    calls,
    emit: (text: string) => emit(Buffer.from(text)),
    end: () => end({ code: 0, signal: null }),
  };
}

function reader(): TerminalReader & { seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    onOutput: (chunk) => seen.push(chunk.toString()),
    onExit: ({ code }) => seen.push(`exit ${code}`),
    onEnd: (reason) => seen.push(reason),
  };
}

test('holds the PTY above the high-water mark and lets go below the low one', () => {
  const { terminal, calls, emit } = pipe();
  terminal.attach(reader(), 0);
  emit('x'.repeat(256 * 1024));
  expect(calls).toEqual([]);
  emit('y');
  expect(calls).toEqual(['pause']);
  terminal.acknowledge(100);
  terminal.acknowledge(60 * 1024);
  expect(calls).toEqual(['pause']);
  terminal.acknowledge(70 * 1024);
  expect(calls).toEqual(['pause', 'resume']);
});

test('a reader that leaves never holds it for ever', () => {
  const { terminal, calls, emit } = pipe();
  const slow = reader();
  terminal.attach(slow, 0);
  emit('x'.repeat(300 * 1024));
  terminal.detach(slow);
  expect(calls).toEqual(['pause', 'resume']);
});

test('acknowledging more than was sent, or less than before, changes nothing', () => {
  const { terminal, calls, emit } = pipe();
  terminal.attach(reader(), 0);
  emit('x'.repeat(300 * 1024));
  terminal.acknowledge(10 ** 9);
  terminal.acknowledge(-5);
  expect(calls).toEqual(['pause']);
});

test('a second reader takes over from the byte it asks for', () => {
  const { terminal, emit } = pipe();
  const [first, second] = [reader(), reader()];
  terminal.attach(first, 0);
  emit('hello ');
  emit('world');
  const { seq, backlog } = terminal.attach(second, 6);
  expect([seq, Buffer.concat(backlog).toString()]).toEqual([6, 'world']);
  emit('!');
  expect(first.seen).toEqual(['hello ', 'world', 'taken-over']);
  expect(second.seen).toEqual(['!']);
});

test('after the end nothing reaches the PTY any more', () => {
  const { terminal, calls, end } = pipe();
  const only = reader();
  terminal.attach(only, 0);
  end();
  terminal.write(Buffer.from('ls'));
  terminal.resize({ cols: 10, rows: 10 });
  terminal.close();
  expect(calls).toEqual([]);
  expect(only.seen).toEqual(['exit 0', 'closed']);
});
