/** Who has a TCP port, as far as /proc shows it. */
import { once } from 'node:events';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandLineOf } from './process-identity.ts';

export interface PortOwner {
  pid: number;
  commandLine: string;
}

/** `free`, `denied` (below 1024 without root), `no-such-address`, or `taken`. Found out by listening for a moment. */
export async function portState(address: {
  host: string;
  port: number;
}): Promise<'free' | 'taken' | 'denied' | 'no-such-address'> {
  const server = createServer();
  try {
    server.listen({ ...address, exclusive: true });
    await once(server, 'listening');
    return 'free';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return 'taken';
    if (code === 'EACCES') return 'denied';
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'no-such-address';
    throw error;
  } finally {
    if (server.listening) {
      server.close();
      await once(server, 'close');
    }
  }
}

/** The process that listens on the port, on whatever address; null where /proc does not show it to us. */
export function findPortOwner(port: number): PortOwner | null {
  const inodes = new Set(['tcp', 'tcp6'].flatMap((table) => listeningInodes(readTable(table), port)));
  if (inodes.size === 0) return null;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    if (holdsSocket(name, inodes)) return { pid: Number(name), commandLine: commandLineOf(Number(name)) };
  }
  return null;
}

/** From the text of /proc/net/tcp: the inodes of sockets in state LISTEN (0A) at the port. */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  const listening = rows.filter((fields) => fields[1]?.endsWith(wanted) && fields[3] === '0A');
  return listening.map((fields) => fields[9]!);
}

function readTable(table: string): string {
  return readFileSync(`/proc/net/${table}`, 'utf8');
}

function holdsSocket(pid: string, inodes: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      const target = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`));
      return target !== null && inodes.has(target[1]!);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // It ended meanwhile, or is somebody else's and we are not root.
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return false;
    throw error;
  }
}
