/** What a block device has been written since it was made (Documentation/block/stat.rst of the kernel). */
import { readFileSync, statSync } from 'node:fs';

export interface DeviceWrites {
  /** Writes, discards and whatever is under way now. */
  requests: number;
  sectors: number;
}

/** Of the device that the file system at `mountPoint` lies on. */
export function writesBelow(mountPoint: string): DeviceWrites {
  const { dev } = statSync(mountPoint);
  // makedev(3), the 12 + 20 bits that the kernel uses.
  const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
  return parseWrites(readFileSync(`/sys/dev/block/${major}:${minor}/stat`, 'latin1'));
}

export function parseWrites(stat: string): DeviceWrites {
  const fields = stat.trim().split(/\s+/).map(Number);
  const at = (index: number): number => fields[index] ?? 0;
  return { requests: at(4) + at(8) + at(11), sectors: at(6) + at(13) };
}

/** ext4 writes its superblock when it is thawed: one request of one block. */
const thawWrite = { requests: 1, sectors: 8 };

/** Whether nothing but a thaw was written between the two. */
export function isOnlyThaw(before: DeviceWrites, after: DeviceWrites): boolean {
  return (
    after.requests - before.requests <= thawWrite.requests &&
    after.sectors - before.sectors <= thawWrite.sectors
  );
}

export function isSame(before: DeviceWrites, after: DeviceWrites): boolean {
  return before.requests === after.requests && before.sectors === after.sectors;
}
