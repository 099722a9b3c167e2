import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { PtyInput } from './pty-input.ts';

const fds: number[] = [];
const directories: string[] = [];
afterEach(() => {
  for (const fd of fds.splice(0)) closeSync(fd);
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A FIFO stands in for the line: it fills up and answers EAGAIN in the same way. */
function line(): { reader: number; writer: number } {
  const directory = mkdtempSync(join(tmpdir(), 'camp-input-'));
  directories.push(directory);
  const path = join(directory, 'line');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  fds.push(reader, writer);
  return { reader, writer };
}

test('what nobody reads yet waits its turn, is bounded, and arrives in order', async () => {
  const { reader, writer } = line();
  const input = new PtyInput(() => writer);
  const sent = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
  input.write(sent);
  expect(input.waitingBytes).toBeGreaterThan(0);
  const before = input.waitingBytes;
  input.write(Buffer.alloc(1024 * 1024));
  expect(input.waitingBytes).toBe(before);

  const got: Buffer[] = [];
  const chunk = Buffer.alloc(65_536);
  await expect
    .poll(() => {
      if (input.waitingBytes > 0 || got.length === 0)
        got.push(Buffer.from(chunk.subarray(0, readSync(reader, chunk))));
      return input.waitingBytes;
    })
    .toBe(0);
  for (let length = 0; Buffer.concat(got).length < sent.length;) {
    length = readSync(reader, chunk);
    got.push(Buffer.from(chunk.subarray(0, length)));
  }
  expect(Buffer.concat(got).equals(sent)).toBe(true);
});

test('nothing is written to a number that may be another line’s by now', () => {
  const { writer } = line();
  let open = true;
  const input = new PtyInput(() => (open ? writer : null));
  input.write(Buffer.alloc(200_000));
  expect(input.waitingBytes).toBeGreaterThan(0);
  open = false;
  input.write(Buffer.from('late'));
  input.end();
  expect(input.waitingBytes).toBe(0);
});
