/** Loop devices that free themselves: with autoclear the last unmount detaches the file (loop(4)). */
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { CodedError } from '../../../../protocol/errors.ts';
import { checked, ioctl, libc, SystemCallError } from './libc.ts';

const LOOP_CTL_GET_FREE = 0x4c82;
const LOOP_CONFIGURE = 0x4c0a;
const LO_FLAGS_AUTOCLEAR = 4;

/** `struct loop_config`: fd, block size, `struct loop_info64` (232 bytes, its flags at 52), 64 reserved bytes. */
function loopConfig(fileFd: number): Buffer {
  const config = Buffer.alloc(4 + 4 + 232 + 64);
  config.writeUInt32LE(fileFd, 0);
  config.writeUInt32LE(LO_FLAGS_AUTOCLEAR, 8 + 52);
  return config;
}

const LOOP_MAJOR = 7;
const S_IFBLK = 0o060000;
const makeNode = libc.func('int mknod(const char *path, unsigned int mode, unsigned long device)');

/** In a container /dev may lack the node of a device that the kernel has just made. */
function openFree(control: number): { device: string; fd: number } {
  try {
    const minor = ioctl(control, LOOP_CTL_GET_FREE, 0);
    const device = `/dev/loop${minor}`;
    if (!existsSync(device)) {
      // glibc's encoding of a device number (makedev(3)).
      const number = (minor & 0xff) | (LOOP_MAJOR << 8) | ((minor & 0xfff00) << 12);
      checked('mknod', device, makeNode(device, S_IFBLK | 0o660, number) as number);
    }
    return { device, fd: openSync(device, constants.O_RDWR) };
  } catch (cause) {
    const found = `no loop device can be had for its disk: ${(cause as Error).message}`;
    const mend = 'destroy sandboxes, or give this host more (`chrootcamp doctor` says how)';
    throw new CodedError('SANDBOX_FULL', `${found}; ${mend}`, { cause });
  }
}

/**
 * Attaches a file to a free loop device. The device stays attached while `fd` is open or it is mounted: mount it, then
 * close `fd`.
 */
export function attachLoopDevice(file: string): { device: string; fd: number } {
  const fileFd = openSync(file, constants.O_RDWR);
  const control = openSync('/dev/loop-control', constants.O_RDWR);
  try {
    // Another process may take the free one between the two calls.
    for (let attempt = 0; attempt < 32; attempt += 1) {
      const { device, fd } = openFree(control);
      try {
        ioctl(fd, LOOP_CONFIGURE, loopConfig(fileFd));
        return { device, fd };
      } catch (error) {
        closeSync(fd);
        if (!(error instanceof SystemCallError && error.code === 'EBUSY')) throw error;
      }
    }
    throw new CodedError(
      'SANDBOX_START_FAILED',
      '32 free loop devices in a row were taken by others; try again',
    );
  } finally {
    closeSync(control);
    closeSync(fileFd);
  }
}

/** One that has a file attached, by its name. */
export function openLoopDevice(name: string): { device: string; fd: number } {
  const device = `/dev/${name}`;
  return { device, fd: openSync(device, constants.O_RDWR) };
}

/** Names of the loop devices that have a file attached. */
export async function devicesOf(file: string): Promise<string[]> {
  const names = (await readdir('/sys/block')).filter((name) => name.startsWith('loop'));
  const backing = await Promise.all(
    // Absent where the device is free.
    names.map((name) => readFile(`/sys/block/${name}/loop/backing_file`, 'utf8').catch(() => '')),
  );
  return names.filter((_, index) => backing[index]?.trimEnd() === file);
}
