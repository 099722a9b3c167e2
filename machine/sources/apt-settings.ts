import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Settings of the host's apt that reaching its mirrors may depend on, as apt.conf(5) lines. */
export interface AptSettings {
  /** Proxies and TLS settings: for building only, as machines reach mirrors in another way. */
  transport: string[];
  /** For mirrors that serve a frozen state: holds inside the machines as well. */
  validity: string[];
}

export async function readAptSettings(): Promise<AptSettings> {
  const { stdout } = await promisify(execFile)('apt-config', ['dump', '--format', '%F "%v";%n']);
  return selectAptSettings(stdout);
}

/** From the text of `apt-config dump`. */
export function selectAptSettings(dump: string): AptSettings {
  const lines = dump.split('\n').filter((line) => !line.endsWith(' "";'));
  return {
    transport: lines.filter((line) => /^Acquire::https?::/i.test(line)),
    validity: lines.filter((line) => /^Acquire::Check-(Valid-Until|Date) /i.test(line)),
  };
}
