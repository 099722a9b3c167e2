/** What of the host must be as it was, whatever a learner did: compared before and after. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Settings that no namespace has of its own (the list is Sysbox's, plus the classics of escapes). */
export const hostKnobs = [
  'kernel/core_pattern',
  'kernel/modprobe',
  'kernel/panic',
  'kernel/panic_on_oops',
  'kernel/sysrq',
  'kernel/hotplug',
  'kernel/kptr_restrict',
  'kernel/dmesg_restrict',
  'kernel/randomize_va_space',
  'kernel/pid_max',
  'kernel/threads-max',
  'kernel/printk',
  'fs/file-max',
  'fs/nr_open',
  'fs/protected_hardlinks',
  'fs/protected_symlinks',
  'fs/suid_dumpable',
  'vm/overcommit_memory',
  'vm/swappiness',
  'vm/drop_caches',
  'vm/mmap_min_addr',
  'vm/panic_on_oom',
];

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** Debian and Ubuntu differ in where they put it. */
const runcProgram = ['/usr/sbin/runc', '/usr/bin/runc'].find((path) => existsSync(path)) ?? '/usr/sbin/runc';

export class HostCanary implements Disposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'camp-canary-'));
  readonly file = join(this.directory, 'canary');

  constructor() {
    // Open to everyone: only the walls of the sandbox keep a learner from it.
    writeFileSync(this.file, 'alive', { mode: 0o666 });
  }

  look(): Record<string, string> {
    const knobs = hostKnobs.map((name) => [name, read(`/proc/sys/${name}`)] as const);
    const runc = createHash('sha256').update(readFileSync(runcProgram)).digest('hex');
    return {
      ...Object.fromEntries(knobs),
      file: read(this.file),
      hostname: hostname(),
      runc,
      passwd: read('/etc/passwd'),
      mounts: String(
        read('/proc/self/mountinfo')
          .split('\n')
          .filter((line) => line.includes(this.directory)).length,
      ),
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
