import { expect, test, vi } from 'vitest';
import { Audience } from './audience.ts';
import { ByteRing } from './byte-ring.ts';
import { Viewer } from './viewer.ts';

const size = { cols: 80, rows: 24 };

function hall() {
  const sizes: string[] = [];
  const audience = new Audience({
    onSize: ({ cols, rows }) => sizes.push(`${cols}x${rows}`),
    onWriter: () => {},
  });
  const enter = (options: { page?: string; as?: 'writer' | 'watcher'; cols?: number } = {}) => {
    const heard: string[] = [];
    const close = vi.fn();
    const viewer = new Viewer({
      ...options,
      size: { ...size, cols: options.cols ?? size.cols },
      sink: {
        sendBytes: () => {},
        tell: (message) => {
          if (message.type !== 'role') return void heard.push(message.type);
          heard.push(
            `${message.role} of ${message.viewers}${message.writerPresent ? '' : ', nobody writes'}`,
          );
        },
        close,
      },
      source: {
        ring: new ByteRing({ capacityBytes: 1 }),
        size,
        snapshot: async () => null,
        onFlow: () => {},
      },
    });
    audience.add(viewer);
    viewer.begin(0);
    audience.tellRoles();
    return { viewer, heard, close };
  };
  return { audience, sizes, enter };
}

test('the first writes, the next watches, and takes over when it says so', () => {
  const { audience, sizes, enter } = hall();
  const laptop = enter({ cols: 100 });
  const phone = enter({ cols: 40 });
  expect(laptop.heard).toEqual(['hello', 'writer of 1', 'writer of 2']);
  expect(phone.heard).toEqual(['hello', 'watcher of 2']);
  audience.take(phone.viewer);
  audience.take(phone.viewer);
  expect(laptop.heard.at(-1)).toBe('watcher of 2');
  expect(phone.heard.at(-1)).toBe('writer of 2');
  expect(sizes).toEqual(['100x24', '40x24']);
});

test('a watcher does not inherit the seat by itself; who comes next finds it free', () => {
  const { audience, enter } = hall();
  const laptop = enter();
  const phone = enter();
  audience.remove(laptop.viewer);
  expect(phone.heard.at(-1)).toBe('watcher of 1, nobody writes');
  expect(enter().heard).toEqual(['hello', 'writer of 2']);
  expect(phone.heard.at(-1)).toBe('watcher of 2');
});

test('a page that comes again gets its seat, and its old socket is closed', () => {
  const { enter } = hall();
  const before = enter({ page: 'page-one' });
  const watcher = enter({ page: 'page-two' });
  const after = enter({ page: 'page-one' });
  expect(before.close).toHaveBeenCalledExactlyOnceWith(4409);
  expect(after.heard).toEqual(['hello', 'writer of 2']);
  expect(watcher.heard).toEqual(['hello', 'watcher of 2']);
});

test('a page that was only watching stays a watcher, also where nobody writes', () => {
  const { enter } = hall();
  expect(enter({ as: 'watcher' }).heard).toEqual(['hello', 'watcher of 1, nobody writes']);
});

test('one that asks to write does, whoever writes', () => {
  const { enter } = hall();
  const laptop = enter();
  expect(enter({ as: 'writer' }).heard).toEqual(['hello', 'writer of 2']);
  expect(laptop.heard.at(-1)).toBe('watcher of 2');
});

test('who is not there takes nothing', () => {
  const { audience, enter } = hall();
  const gone = enter();
  audience.remove(gone.viewer);
  const writer = enter();
  audience.take(gone.viewer);
  expect(audience.writer).toBe(writer.viewer);
});
