/** wetty, by npm, into a directory of its own: never a dependency of the product. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../machine/run-command.ts';

const version = '3.2.0';

/** Its main file; installed once. */
export async function wettyDirectory(directory: string, signal: AbortSignal): Promise<string> {
  const home = join(directory, 'wetty');
  const installed = join(home, 'node_modules/wetty');
  if (existsSync(join(home, 'node_modules/node-pty/build/Release/pty.node'))) return installed;
  mkdirSync(home, { recursive: true });
  const manifest = { name: 'chrootcamp-bench-wetty', private: true, dependencies: { wetty: version } };
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
  await runCommand({
    argv: ['npm', 'install', '--prefix', home, '--no-audit', '--no-fund', '--loglevel=error'],
    env: { PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`, HOME: home },
    signal,
  });
  return installed;
}
