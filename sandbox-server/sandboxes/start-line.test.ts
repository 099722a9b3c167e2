import { expect, test, vi } from 'vitest';
import { StartLine } from './start-line.ts';

/** Work that ends when it is told to, and what of it has begun. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const work = (name: string) => () => {
    begun.push(name);
    const end = Promise.withResolvers<string>();
    ends.set(name, end);
    return end.promise;
  };
  const end = (name: string) => ends.get(name)?.resolve(name);
  const fail = (name: string) => ends.get(name)?.reject(new Error(name));
  return { begun, work, end, fail };
}

const apart = { begun: false };

test('so many machines at once, the others in the order they came, also after one that failed', async () => {
  const line = new StartLine({ machines: 2, dockers: 1 });
  const { begun, work, end, fail } = works();
  const [one, two, three, four] = ['1', '2', '3', '4'].map((name) => line.machine(work(name)));
  await vi.waitFor(() => expect(begun).toEqual(['1', '2']));
  expect(line.isShort).toBe(false);
  fail('2');
  await expect(two).rejects.toThrow('2');
  await vi.waitFor(() => expect(begun).toEqual(['1', '2', '3']));
  end('1');
  await expect(one).resolves.toBe('1');
  await vi.waitFor(() => expect(begun).toEqual(['1', '2', '3', '4']));
  for (const name of ['3', '4']) end(name);
  expect(await Promise.all([three, four])).toEqual(['3', '4']);
  expect(line.isShort).toBe(true);
});

test('while somebody waits for a machine Docker starts in one; then in as many as may be', async () => {
  const line = new StartLine({ machines: 1, dockers: 3 });
  const { begun, work, end } = works();
  const first = line.machine(work('machine 1'));
  const second = line.machine(work('machine 2'));
  const dockers = ['a', 'b', 'c', 'd'].map((name) => line.docker(work(name), apart));
  await vi.waitFor(() => expect(begun).toEqual(['machine 1', 'a']));
  end('machine 1');
  await first;
  await vi.waitFor(() => expect(begun).toEqual(['machine 1', 'a', 'machine 2', 'b', 'c']));
  end('b');
  expect(await dockers[1]).toBe('b');
  await vi.waitFor(() => expect(begun.at(-1)).toBe('d'));
  for (const name of ['a', 'c', 'd', 'machine 2']) end(name);
  await Promise.all([...dockers, second]);
});

test('one that began with its machine waits for nobody, and counts', async () => {
  const line = new StartLine({ machines: 1, dockers: 1 });
  const { begun, work, end, fail } = works();
  const running = line.docker(work('a'), { begun: true });
  const beside = line.docker(work('b'), { begun: true });
  const waits = line.docker(work('c'), apart);
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b']));
  fail('a');
  await expect(running).rejects.toThrow('a');
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b']));
  end('b');
  await beside;
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']));
  end('c');
  expect(await waits).toBe('c');
});

test('a Docker that does not come up makes room after a while, and is followed on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const line = new StartLine({ machines: 1, dockers: 1 });
    const { begun, work, end } = works();
    const broken = line.docker(work('broken'), apart);
    const next = line.docker(work('next'), apart);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(begun).toEqual(['broken', 'next']);
    for (const name of ['broken', 'next']) end(name);
    expect(await Promise.all([broken, next])).toEqual(['broken', 'next']);
  } finally {
    vi.useRealTimers();
  }
});
