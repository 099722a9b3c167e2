/**
 * Each instance leases sandboxes their user ids from a block of its own, so that two courses on one computer, or a test
 * beside a running course, never share one. Blocks lie between 2^30 and 2^31: above every range that distributions give
 * to users, and positive for programs that read ids as signed.
 */
export const idsPerInstance = 65_536 * 512;
const firstBlock = 0x4000_0000;
const blockCount = 0x4000_0000 / idsPerInstance;

export interface IdBaseQuestion {
  /** 8 hexadecimal digits. */
  instance: string;
  kind: 'course' | 'private';
  /** Of other instances. */
  taken: ReadonlySet<number>;
}

/**
 * The first id of a free block, or null where all are taken. Courses start at a block their name gives, for that a
 * course that is not running now keeps its own; short-lived instances search from the top down.
 */
export function chooseIdBase({ instance, kind, taken }: IdBaseQuestion): number | null {
  const bases = Array.from({ length: blockCount }, (_, block) => firstBlock + block * idsPerInstance);
  const start = Number.parseInt(instance, 16) % blockCount;
  const order = kind === 'private' ? bases.toReversed() : [...bases.slice(start), ...bases.slice(0, start)];
  return order.find((base) => !taken.has(base)) ?? null;
}

/** The first id of the block that an id lies in. */
export function blockOf(id: number): number {
  return id - (id % idsPerInstance);
}
