/** A user namespace that only carries an id map, for idmapped mounts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../../protocol/errors.ts';
import { idsPerRange } from './lease.ts';

function namespaceOf(pid: number | 'self'): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/user`);
  } catch {
    return null;
  }
}

/** A descriptor of a namespace that maps 0..65535 to `firstHostId` onwards; the caller closes it. */
export async function openIdMap(firstHostId: number): Promise<number> {
  // `cat` holds the namespace for the moment it takes to open it.
  const holder = spawn('unshare', ['--user', 'cat'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const exited = once(holder, 'exit');
  exited.catch(() => undefined);
  try {
    await once(holder, 'spawn');
    const pid = holder.pid as number;
    const own = namespaceOf('self');
    for (let attempt = 0; [own, null].includes(namespaceOf(pid)); attempt += 1) {
      if (holder.exitCode !== null || attempt > 2000) {
        const message =
          'unshare --user did not give a user namespace; `chrootcamp doctor` says what this host lacks';
        throw new CodedError('SANDBOX_START_FAILED', message);
      }
      await delay(1);
    }
    const map = `0 ${firstHostId} ${idsPerRange}`;
    writeFileSync(`/proc/${pid}/uid_map`, map);
    writeFileSync(`/proc/${pid}/gid_map`, map);
    return openSync(`/proc/${pid}/ns/user`, 'r');
  } finally {
    holder.stdin.end();
  }
}
