/** Kernel modules that a sandbox uses and cannot cause to be loaded. */
import type { Logger } from 'pino';
import { CommandError, runCommand } from '../command.ts';

/**
 * All others the kernel loads by itself on first use, also from inside. `ip_tables`: iptables asks for it through
 * modprobe(8), which a sandbox has no right to. `loop`: its device files come with it. Not `br_netfilter`, though Docker
 * asks for it: it would send the host's own bridges through the host's packet filter.
 */
const modules = ['loop', 'ip_tables'];

/**
 * A kernel may have them built in, and a container's root may have no modprobe though the host has loaded them: that one
 * of them cannot be loaded is told and no more.
 */
export async function loadModules(log: Logger): Promise<void> {
  await runCommand('modprobe', ['--all', ...modules]).catch((error: unknown) => {
    const notFound = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!notFound && !(error instanceof CommandError)) throw error;
    const reason = (error as Error).message;
    log.info({ modules, reason }, 'kernel modules could not be loaded; they may be there all the same');
  });
}
