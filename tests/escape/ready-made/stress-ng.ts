/** Debian's stress-ng with its libraries: fetched from the host's own mirror, extracted, run in a sandbox and nowhere else. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchLists } from '../../../machine/debian/package-lists.ts';
import { runCommand } from '../../../machine/run-command.ts';
import { readPackageSources } from '../../../machine/sources/package-sources.ts';
import { testMachineDir, type RunningSandboxServer } from '../../running-sandbox-server.ts';

/** Not all that it depends on: what its loader asks for. The graphics library would bring a compiler along. */
const packages =
  'stress-ng libacl1 libapparmor1 libbsd0 libdrm2 libegl1 libexpat1 libgbm1 libgles2 libglvnd0 libgmp10 libipsec-mb2 libjpeg62-turbo libjudydebian1 libkmod2 libmd0 libmpfr6 libsctp1 libxxhash0'.split(
    ' ',
  );

const kept = join(dirname(testMachineDir), 'attackers/stress-ng');

/** Directory of what the packages hold. Kept beside the tests' machine; throws with apt's words where it cannot be had. */
async function fetched(): Promise<string> {
  if (existsSync(kept)) return kept;
  const making = `${kept}.making`;
  rmSync(making, { recursive: true, force: true });
  const [archives, apt, files] = ['archives', 'apt', 'files'].map((name) => join(making, name));
  mkdirSync(archives as string, { recursive: true });
  try {
    const cache = { archives: archives as string, apt: apt as string };
    await fetchLists({ cache, sources: await readPackageSources() });
    await runCommand({
      argv: ['apt-get', 'download', ...packages],
      cwd: archives as string,
      env: { APT_CONFIG: join(apt as string, 'apt.conf'), LC_ALL: 'C.UTF-8' },
    });
  } catch (error) {
    const what = 'stress-ng is not to be had: this test needs the Debian mirror of this host once';
    throw new Error(`${what}, and found:\n${(error as Error).message}`, { cause: error });
  }
  for (const name of readdirSync(archives as string))
    await runCommand({ argv: ['dpkg-deb', '--extract', join(archives as string, name), files as string] });
  renameSync(files as string, kept);
  rmSync(making, { recursive: true });
  return kept;
}

const directory = '/opt/stress-ng';
/** Where it runs: on the disk, not on the overlay of the root. */
const workplace = '/root/stress';

/** Puts it into a sandbox. */
export async function giveStressNg({ client }: RunningSandboxServer, sandbox: string): Promise<void> {
  const pack = spawn('tar', ['-C', await fetched(), '--exclude=./usr/share', '-c', '.']);
  const unpack = `mkdir -p ${directory} ${workplace} && tar -x --no-same-owner -C ${directory}`;
  const { exitCode } = await client.feed(
    sandbox,
    { argv: ['/bin/sh', '-c', unpack], timeoutMs: 60_000 },
    { input: pack.stdout },
  );
  if (exitCode !== 0) throw new Error(`stress-ng could not be unpacked in the sandbox: ${exitCode}`);
}

/** A line for bash. */
export function stressNg(...options: string[]): string {
  const libraries = `$(echo ${directory}/usr/lib/*-linux-gnu)`;
  return `cd ${workplace} && LD_LIBRARY_PATH=${libraries} ${directory}/usr/bin/stress-ng ${options.join(' ')}`;
}
