/** Mount tables as the kernel writes them (proc_pid_mountinfo(5)), made readable. */
import type { MountObservation, MountTableObservation } from '../grader/observer.ts';
import type { RawMountTable } from '../protocol/sandbox-looks.ts';

const maxMounts = 1_000;

export function observeMounts(tables: readonly RawMountTable[]): MountTableObservation[] {
  return tables.map(({ ns, root, pid, mountinfo }) => ({
    ns,
    root,
    pid,
    mounts: Buffer.from(mountinfo, 'base64')
      .toString('utf8')
      .split('\n', maxMounts)
      .map(parseMount)
      .filter((mount) => mount !== null),
  }));
}

/** `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`; null for what is cut off. */
export function parseMount(line: string): MountObservation | null {
  const [before, after] = line.split(' - ', 2);
  const [, , device, root, target, options] = before?.split(' ') ?? [];
  const [type, source, superOptions] = after?.split(' ') ?? [];
  if (device === undefined || root === undefined || target === undefined || options === undefined)
    return null;
  if (type === undefined || source === undefined || superOptions === undefined) return null;
  return {
    target: unescape(target),
    type: unescape(type),
    source: unescape(source),
    root: unescape(root),
    device,
    options: options.split(','),
    superOptions: superOptions.split(',').map(unescape),
  };
}

/** The kernel writes space, tab, newline, backslash and hash as three octal digits. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
