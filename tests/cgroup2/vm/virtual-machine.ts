/**
 * One run of the guest under QEMU, by emulation alone: machines that run tests are virtual themselves, and KVM is missing
 * there or, worse, half works.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Guest } from './guest.ts';

export interface MachineOptions {
  guest: Guest;
  /** Images for /dev/vdb, /dev/vdc and so on, which the guest may not write. */
  disks: string[];
  /** For what the guest writes and for the kernel's console. */
  directory: string;
  timeoutSeconds: number;
  /** Given to the kernel, which ignores it, for `inside/run` to read. */
  checks: string;
  signal: AbortSignal;
}

export const consoleFile = (directory: string): string => join(directory, 'console.log');

const maxLines = 20_000;
const memoryMebibytes = '3072';

function qemuArguments({ guest, disks, directory, checks }: MachineOptions): string[] {
  const drive = (file: string, more: string) => ['-drive', `file=${file},format=raw,if=virtio,${more}`];
  return [
    '-accel',
    'tcg,thread=multi',
    '-cpu',
    'max',
    '-smp',
    '2',
    '-m',
    memoryMebibytes,
    '-nodefaults',
    '-display',
    'none',
    '-no-reboot',
    '-kernel',
    guest.kernel,
    '-initrd',
    guest.initialRamDisk,
    '-append',
    `console=ttyS0 root=/dev/vda rw quiet panic=-1 mitigations=off checks=${checks}`,
    // The kernel talks on the first serial line, the checks on the second.
    '-serial',
    `file:${consoleFile(directory)}`,
    '-serial',
    'stdio',
    // What is written goes to a temporary file: the image stays as it was built.
    ...drive(guest.disk, 'snapshot=on,cache=unsafe'),
    ...disks.flatMap((disk) => drive(disk, 'readonly=on')),
  ];
}

/** Lines of the second serial line, until the guest powers off or its time is over; QEMU is gone then. */
export async function* runMachine(options: MachineOptions): AsyncGenerator<string> {
  const limit = ['timeout', '--kill-after=5', String(options.timeoutSeconds)];
  // Both end with their parent, also when that is killed.
  const bound = ['setpriv', '--pdeathsig', 'KILL'];
  const argv = [...bound.slice(1), ...limit, ...bound, 'qemu-system-x86_64', ...qemuArguments(options)];
  const child = spawn('setpriv', argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: options.directory },
  });
  const stop = () => child.kill();
  options.signal.addEventListener('abort', stop, { once: true });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = once(child, 'close') as Promise<[number | null]>;
  let lines = 0;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if ((lines += 1) > maxLines) throw new Error(`the guest wrote more than ${maxLines} lines`);
      yield line.trimEnd();
    }
    const [status] = await ended;
    options.signal.throwIfAborted();
    if (status === 124 || status === 137)
      throw new Error(`the guest was not done within ${options.timeoutSeconds} s`);
    if (status !== 0) throw new Error(`QEMU ended with ${status}:\n${complaints}`);
  } finally {
    options.signal.removeEventListener('abort', stop);
    stop();
  }
}
