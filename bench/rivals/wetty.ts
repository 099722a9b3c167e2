/** wetty, by npm, into a directory of its own: never a dependency of the product. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runCommand } from '../../machine/run-command.ts';

const version = '3.2.0';

/** Its main file; installed once. */
export async function wettyDirectory(directory: string, signal: AbortSignal): Promise<string> {
  const home = join(directory, 'wetty');
  const installed = join(home, 'node_modules/wetty');
  const complete = join(home, 'complete');
  if (existsSync(complete)) return installed;
  mkdirSync(home, { recursive: true });
  const manifest = {
    name: 'chrootcamp-bench-wetty',
    private: true,
    dependencies: { wetty: version },
    // The one that we have, which need not be compiled: the same library reads both PTYs.
    overrides: { 'node-pty': ownNodePtyVersion() },
  };
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
  await runCommand({
    argv: ['npm', 'install', '--prefix', home, '--no-audit', '--no-fund', '--loglevel=error'],
    env: { PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`, HOME: home },
    signal,
  });
  writeFileSync(complete, '');
  return installed;
}

function ownNodePtyVersion(): string {
  const library = dirname(createRequire(import.meta.url).resolve('node-pty'));
  const manifest = JSON.parse(readFileSync(join(library, '../package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
