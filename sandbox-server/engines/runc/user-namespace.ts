/**
 * The user namespace of a sandbox, made before the runtime, which joins it. Its owner is the sandbox's own root as the host
 * sees it: to the kernel all inside counts as that user's, so what is limited by user and not by cgroup (inotify,
 * namespaces, messages, pending signals) is limited for each sandbox alone. Made by the runtime it would be host root's,
 * and one learner could use up everybody's.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../../protocol/errors.ts';
import { idsPerRange } from './lease.ts';

/**
 * Each costs the kernel a quarter of a megabyte on nobody's account, and the kernel's own number allows a hundred
 * thousand; a container takes one. Neither the learner's root can raise it nor a namespace within, whose are counted here
 * as well.
 */
const maxNetworkNamespaces = 128;

function namespaceOf(pid: number | 'self'): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/user`);
  } catch {
    return null;
  }
}

/** Keeps the one capability with which namespaces are made where the host denies them to its unprivileged users. */
function asOwner(id: number): string[] {
  const kept = ['--inh-caps=+sys_admin', '--ambient-caps=+sys_admin'];
  return [`--reuid=${id}`, `--regid=${id}`, '--clear-groups', ...kept];
}

/** There for as long as it is held, or something runs in it. */
export class UserNamespace implements Disposable {
  readonly fd: number;
  /**
   * Its file. Of this very form: runc from 1.1.10 on reads the map of whatever process `/proc/PID/` begins with, and
   * would take that of this server for a path like `/proc/PID/fd/7`.
   */
  readonly path: string;
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
    this.path = `/proc/${holder.pid}/ns/user`;
    this.fd = openSync(this.path, 'r');
  }

  /** Maps 0..65535 to `firstHostId` onwards. */
  static async make(firstHostId: number): Promise<UserNamespace> {
    // A shell holds the namespace, until its input ends: also when this server is killed. Once its ids are mapped, told by a
    // line, the second shell is root in it; the first, started before, is nobody.
    const setLimit = `echo ${maxNetworkNamespaces} >/proc/sys/user/max_net_namespaces`;
    const wait = `read -r _ && exec sh -c '${setLimit} && echo && read -r _'`;
    const holder = spawn('setpriv', [...asOwner(firstHostId), 'unshare', '--user', 'sh', '-c', wait], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const exited = once(holder, 'exit');
    exited.catch(() => undefined);
    // Of one that has ended; its exit says so.
    holder.stdin.on('error', () => undefined);
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
      holder.stdin.write('\n');
      const [line] = await Promise.race([once(holder.stdout, 'data'), exited]);
      if (!Buffer.isBuffer(line)) {
        const message =
          'the limits of a user namespace could not be set; `chrootcamp doctor` says what this host lacks';
        throw new CodedError('SANDBOX_START_FAILED', message);
      }
      return new UserNamespace(holder);
    } catch (error) {
      holder.stdin.end();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
    this.#holder.stdin?.end();
  }
}
