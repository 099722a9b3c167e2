/**
 * The C library, for the few system calls Node does not offer. Calls are synchronous and take microseconds; the one that
 * may block (unmounting flushes a disk) runs on a worker thread, see `mounts.ts`.
 */
import { constants } from 'node:os';
import koffi from 'koffi';

export const libc = koffi.load('libc.so.6');

/** Numbers of system calls from 424 on are the same on every architecture. */
export const systemCallNumbers = { openTree: 428, moveMount: 429, openat2: 437, mountSetattr: 442 } as const;

const errorNames = new Map<number, string>(
  Object.entries(constants.errno).map(([name, value]) => [value, name]),
);

/** `ENOENT` and the like. */
export function errorName(errno: number): string {
  return errorNames.get(errno) ?? `errno ${errno}`;
}

export class SystemCallError extends Error {
  /** `ENOENT` and the like. */
  readonly code: string;

  constructor(call: string, subject: string, errno: number) {
    const code = errorName(errno);
    super(`${call} ${subject}: ${code}`);
    this.name = 'SystemCallError';
    this.code = code;
  }
}

/** Throws for a negative result; call it at once, before anything else can change errno. */
export function checked(call: string, subject: string, result: number): number {
  if (result < 0) throw new SystemCallError(call, subject, koffi.errno());
  return result;
}

const ioctlFunction = libc.func('int ioctl(int fd, unsigned long request, void *argument)');
const ioctlNumber = libc.func('ioctl', 'int', ['int', 'unsigned long', 'unsigned long']);

/** On a worker thread, for what may take long. The number of the error is not to be had there. */
export function ioctlAside(fd: number, request: number): Promise<void> {
  return callAside((done) => ioctlNumber.async(fd, request, 0, done), `ioctl 0x${request.toString(16)}`);
}

const syncfs = libc.func('int syncfs(int fd)');

/** Writes out what the file system of `fd` holds back, on a worker thread. */
export function syncFileSystem(fd: number): Promise<void> {
  return callAside((done) => syncfs.async(fd, done), 'syncfs');
}

function callAside(
  call: (done: (error: unknown, result: number) => void) => void,
  name: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error !== null && error !== undefined) reject(error as Error);
      else if (result < 0) reject(new Error(`${name} failed`));
      else resolve();
    });
  });
}

export function ioctl(fd: number, request: number, argument: Buffer | number): number {
  const result =
    typeof argument === 'number' ? ioctlNumber(fd, request, argument) : ioctlFunction(fd, request, argument);
  return checked('ioctl', `0x${request.toString(16)}`, result as number);
}
