import { expect, test, vi } from 'vitest';
import { terminalLimits } from '../../protocol/terminal.ts';
import { MirrorFixture, MirrorPage, size } from './mirror.fixture.ts';

const fixture = new MirrorFixture();

test('the terminal is held while the page in use lags behind, and goes on when it has caught up', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  page.acknowledges = false;
  await page.attach();
  const flood = Buffer.alloc(1_200_000, 'y\r\n');
  terminal.print(flood);
  await expect.poll(() => terminal.isPaused).toBe(true);
  // Up to a frame more: where frames begin is a matter of timing.
  await vi.waitFor(() => expect(page.position).toBeGreaterThanOrEqual(terminalLimits.highWaterBytes), {
    timeout: 20_000,
  });
  expect(terminal.log.length).toBeLessThan(terminalLimits.highWaterBytes + 64 * 1024);
  // Typing goes its own way; each key comes after the acknowledgements that went before it.
  for (let key = 1; key <= 5; key += 1) {
    await mirror.snapshot();
    mirror.write(page.viewer, Buffer.from('\x03'), () => {});
    await expect.poll(() => terminal.input).toHaveLength(key);
  }
  expect(terminal.log.length).toBeLessThan(terminalLimits.highWaterBytes + 64 * 1024);
  page.acknowledges = true;
  page.viewer.acknowledge(page.position);
  await page.upTo(flood.length + 5);
  expect(terminal.held).toHaveLength(0);
  expect(page.messages.filter((message) => message.type === 'hello')).toHaveLength(1);
  mirror.end(1000);
}, 30_000);

test('another page that lags behind holds nothing', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const lagging = new MirrorPage(mirror);
  lagging.acknowledges = false;
  await lagging.attach();
  const page = new MirrorPage(mirror);
  await page.attach();
  mirror.take(page.viewer);
  terminal.print(Buffer.alloc(1_200_000, 'y\r\n'));
  await page.upTo(1_200_000);
  expect(lagging.position).toBeLessThan(400_000);
  lagging.acknowledges = true;
  lagging.viewer.acknowledge(lagging.position);
  await lagging.upTo(1_200_000);
  expect(lagging.messages.at(-1)).toMatchObject({ type: 'hello', mode: 'snapshot' });
  expect(lagging.reader.seen).toEqual(page.reader.seen);
  mirror.end(1000);
});

test('with no page the terminal runs on', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  mirror.detach(page.viewer);
  terminal.print(Buffer.alloc(1_000_000, 'y\r\n'));
  await vi.waitFor(() => expect(terminal.log).toHaveLength(1_000_000), { timeout: 20_000 });
  mirror.end(1000);
});

test('what the page that writes has cleared is not in a snapshot, what one that watches has is', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const [writer, watcher] = [new MirrorPage(mirror), new MirrorPage(mirror)];
  await writer.attach();
  await watcher.attach();
  terminal.print('old\r\n$ ');
  await writer.upTo(7);
  const later = async () => {
    const page = new MirrorPage(mirror);
    await page.attach();
    await page.upTo(7);
    return page.reader.lines.filter((line) => line !== '').map((line) => line.trim());
  };
  mirror.clear(watcher.viewer);
  expect(await later()).toEqual(['old', '$']);
  mirror.clear(writer.viewer);
  expect(await later()).toEqual(['$']);
  // Who has the rows resumes after them, and is not told of it.
  expect(watcher.reader.lines[0]).toBe('old');
  mirror.end(1000);
});

test('the size is that of the page that writes, and watchers are told', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const small = new MirrorPage(mirror, { cols: 60, rows: 20 });
  await small.attach();
  const large = new MirrorPage(mirror, { cols: 120, rows: 40 });
  await large.attach();
  expect(large.messages[0]).toMatchObject({ type: 'hello', cols: 60, rows: 20 });
  mirror.resize(large.viewer, { cols: 121, rows: 40 });
  mirror.resize(small.viewer, { cols: 61, rows: 20 });
  expect(large.messages.at(-1)).toEqual({ type: 'size', cols: 61, rows: 20 });
  mirror.take(large.viewer);
  expect(small.messages).toContainEqual({ type: 'size', cols: 121, rows: 40 });
  mirror.detach(large.viewer);
  await expect.poll(() => terminal.sizes).toEqual(['60x20', '61x20', '121x40']);
  mirror.end(1000);
});

test('what a watcher types is dropped, and told as sent', async () => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const [writer, watcher] = [new MirrorPage(mirror), new MirrorPage(mirror)];
  await writer.attach();
  await watcher.attach();
  const onSent = vi.fn();
  mirror.write(watcher.viewer, Buffer.from('no'), onSent);
  expect(onSent).toHaveBeenCalledOnce();
  mirror.take(watcher.viewer);
  mirror.write(watcher.viewer, Buffer.from('yes'), onSent);
  await watcher.upTo(3);
  expect(Buffer.concat(terminal.input).toString()).toBe('yes');
  expect(writer.messages.at(-1)).toEqual({
    type: 'role',
    role: 'watcher',
    writerPresent: true,
    viewers: 2,
  });
  mirror.end(1000);
});
