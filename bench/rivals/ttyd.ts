/** ttyd, out of a tree of the suite that has it: Debian's package and its libraries, extracted, never installed. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeKeys } from '../../machine/debian/place-keys.ts';
import { runCommand } from '../../machine/run-command.ts';
import { readPackageSources } from '../../machine/sources/package-sources.ts';

/** Neither Debian 12 nor 13 has it. */
const suite = 'forky';

export interface TtydProgram {
  argv: string[];
  env: Record<string, string>;
}

/** How it is run here; fetched once into `directory`, from the host's own mirror. Needs root. */
export async function ttydProgram(directory: string, signal: AbortSignal): Promise<TtydProgram> {
  const rootfs = join(directory, 'ttyd');
  if (!existsSync(rootfs)) {
    const making = `${rootfs}.making`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    const { mirror, foreignKeys, apt } = await readPackageSources();
    const keyringOf = await placeKeys(foreignKeys, directory);
    const stanza = ['Types: deb', `URIs: ${mirror.main.uri}`, `Suites: ${suite}`, 'Components: main'];
    const sources = join(directory, 'ttyd.sources');
    writeFileSync(sources, [...stanza, `Signed-By: ${keyringOf(mirror.main)}`, ''].join('\n'));
    const config = join(directory, 'apt.conf');
    writeFileSync(config, [...apt.transport, ...apt.validity, ''].join('\n'));
    await runCommand({
      // With the libraries of its own suite, the loader among them.
      argv: [
        'mmdebstrap',
        '--mode=root',
        '--variant=extract',
        '--include=ttyd,libc6',
        `--aptopt=${config}`,
        suite,
        making,
        sources,
      ],
      env: { LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
      signal,
    });
    renameSync(making, rootfs);
  }
  const triplet = readdirSync(join(rootfs, 'usr/lib')).find((name) => name.endsWith('-linux-gnu')) ?? '';
  const libraries = join(rootfs, 'usr/lib', triplet);
  const loader = readdirSync(libraries).find((name) => name.startsWith('ld-linux')) ?? '';
  // Its library looks for its event loop there; the shells it starts get this variable as well, so nothing else is in it.
  const plugins = join(rootfs, 'event-loop');
  const plugin = 'libwebsockets-evlib_uv.so';
  mkdirSync(plugins, { recursive: true });
  if (!existsSync(join(plugins, plugin))) symlinkSync(join(libraries, plugin), join(plugins, plugin));
  return {
    argv: [join(libraries, loader), '--library-path', libraries, join(rootfs, 'usr/bin/ttyd')],
    env: { LD_LIBRARY_PATH: plugins },
  };
}
