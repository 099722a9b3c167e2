import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { MirrorFixture, MirrorPage, size } from './mirror.fixture.ts';
import { cut, cuts, output } from './output.fixture.ts';
import { Reader } from './reader.fixture.ts';

const fixture = new MirrorFixture();

test('whatever is cut and however often pages come and go, they see what was printed', async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('print' as const) },
    { weight: 1, arbitrary: fc.constant('reconnect' as const) },
    { weight: 1, arbitrary: fc.constant('reload' as const) },
    { weight: 1, arbitrary: fc.constant('cut-upstream' as const) },
    { weight: 1, arbitrary: fc.constant('restart-portal' as const) },
  );
  await fc.assert(
    fc.asyncProperty(
      output,
      cuts,
      fc.array(step, { minLength: 1, maxLength: 12 }),
      async (bytes, sizes, steps) => {
        const terminal = fixture.sandbox.openTerminal(size);
        let { mirror } = fixture.mirrorOf(terminal);
        let page = new MirrorPage(mirror);
        await page.attach();
        const parts = cut(bytes, sizes);
        for (let at = 0, turn = 0; at < parts.length; turn += 1) {
          const next = steps[turn % steps.length];
          if (next === 'print' || turn > 50) terminal.print(parts[at++] as Buffer);
          if (next === 'cut-upstream') terminal.cut();
          if (next === 'restart-portal') {
            mirror[Symbol.dispose]();
            ({ mirror } = fixture.mirrorOf(terminal));
          }
          if (next === 'reload' || next === 'reconnect' || next === 'restart-portal') {
            mirror.detach(page.viewer);
            const old = page;
            page = new MirrorPage(mirror);
            if (next === 'reload') {
              await page.attach();
            } else {
              // The same page: its terminal and where it was live on.
              (page as { reader: Reader }).reader = old.reader;
              await page.attach(old.position);
            }
          }
        }
        await page.upTo(bytes.length);
        const whole = new Reader(size);
        await whole.read(bytes);
        expect(page.reader.seen).toEqual(whole.seen);
        mirror.end(1000);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test('queries asked while nobody looks are answered by nobody', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  terminal.print('\x1b[c\x1b[6n\x1b]11;?\x07$ ');
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  await page.upTo(terminal.log.length);
  expect(page.messages[0]).toMatchObject({ type: 'hello', mode: 'snapshot' });
  expect(page.reader.answers).toBe('');
  expect(terminal.input).toEqual([]);
  mirror.end(1000);
});

test("a terminal without output begins fresh, and its first query is the page's to answer", async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  expect(page.messages[0]).toEqual({ type: 'hello', seq: 0, mode: 'fresh', ...size });
  terminal.print('\x1b[6n');
  await page.upTo(4);
  expect(page.reader.answers).toBe('\x1b[1;1R');
  mirror.end(1000);
});

test('a broken upstream is told and mended', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  terminal.print('before ');
  await page.upTo(7);
  await fixture.server.stop();
  await vi.waitFor(
    () => expect(page.messages.at(-1)).toMatchObject({ type: 'notice', kind: 'upstream-lost' }),
    { timeout: 10_000 },
  );
  terminal.print('meanwhile');
  await fixture.server.start();
  await page.upTo(16);
  expect(page.messages.flatMap((message) => ('kind' in message ? [message.kind] : []))).toEqual([
    'upstream-lost',
    'upstream-back',
  ]);
  expect(page.reader.lines[0]).toBe('before meanwhile');
  mirror.end(1000);
});

test('where output is missing, pages get the screen anew', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  terminal.print('before');
  await page.upTo(6);
  await fixture.server.stop();
  terminal.print(Buffer.from('lost\r\x1b[Kthere'));
  terminal.logStart = 10;
  await fixture.server.start();
  await page.upTo(terminal.log.length);
  expect(page.messages.at(-1)).toMatchObject({ type: 'hello', mode: 'snapshot' });
  expect(page.reader.lines[0]).toBe('there');
  mirror.end(1000);
});

test('a terminal that is gone closes its pages', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror, ended } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  terminal.end();
  await expect.poll(() => page.closed).toBe(4404);
  expect(ended).toHaveBeenCalledOnce();
});

test('so does one that was never there, also for pages that still wait for the screen', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  fixture.sandbox.terminals.delete(terminal.id);
  const { mirror, ended } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  void page.attach();
  await expect.poll(() => page.closed).toBe(4404);
  expect(ended).toHaveBeenCalledOnce();
});

test('the end of a shell is told to who is there and to who comes later', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  terminal.print('bye');
  terminal.exit(0);
  const exit = { type: 'exit', code: 0, signal: null };
  await expect.poll(() => page.messages.at(-1)).toEqual(exit);
  const later = new MirrorPage(mirror);
  await later.attach();
  await expect.poll(() => later.messages.at(-1)).toEqual(exit);
  await later.upTo(3);
  expect(later.reader.lines[0]).toBe('bye');
  mirror.end(1000);
});

test('a command that ends is told, one that ended before is not', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const onCommandFinished = vi.fn();
  terminal.print('\x1b]133;D;0\x07$ ');
  const { mirror } = fixture.mirrorOf(terminal, { onCommandFinished });
  const page = new MirrorPage(mirror);
  await page.attach();
  expect(onCommandFinished).not.toHaveBeenCalled();
  terminal.print('\x1b]133;D;0\x07$ ');
  await expect.poll(() => onCommandFinished).toHaveBeenCalledOnce();
  mirror.end(1000);
});

test('a mirror nobody looks at is given up, and made again at need', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  terminal.print('still here');
  const { mirror, ended } = fixture.mirrorOf(terminal, { idleMs: 20 });
  const page = new MirrorPage(mirror);
  await page.attach();
  mirror.detach(page.viewer);
  await expect.poll(() => ended).toHaveBeenCalled();
  await expect.poll(() => terminal.isAttached).toBe(false);
  const again = fixture.mirrorOf(terminal);
  const next = new MirrorPage(again.mirror);
  await next.attach();
  await next.upTo(10);
  expect(next.reader.lines[0]).toBe('still here');
  again.mirror.end(1000);
});

test('a snapshot comes with the marks of the shell, where they stand', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  terminal.print('\x1b]7;file://camp/root\x07\x1b]133;A\x07$ \x1b]133;B\x07ls\r\n\x1b]133;C\x07a\r\n');
  terminal.print('\x1b]133;D;0\x07\x1b]133;A\x07$ \x1b]133;B\x07');
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  await expect.poll(() => page.messages.map(({ type }) => type)).toContain('marks');
  const marks = page.messages.find((message) => message.type === 'marks');
  expect(marks?.directory).toBe('file://camp/root');
  expect(marks?.marks.map(({ row, column, payload }) => `${row} ${column} ${payload}`)).toEqual([
    '0 0 A',
    '0 2 B',
    '1 0 C',
    '2 0 D;0',
    '2 0 A',
    '2 2 B',
  ]);
  mirror.end(1000);
});
