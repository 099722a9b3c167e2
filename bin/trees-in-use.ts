/** Which of the machine's trees somebody stands on: they must not be deleted. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from '../host/layout.ts';

/** Hashes of the trees that a sandbox-server was started with, or that are mounted somewhere. */
export function treesInUse(
  { machineDir, runtimeRoot }: Layout,
  mountInfo: string = readFileSync('/proc/self/mountinfo', 'utf8'),
): string[] {
  const trees = path.join(machineDir, 'trees');
  const configured = configuredTrees(runtimeRoot).filter((tree) => tree.startsWith(`${trees}/`));
  // The fourth field of a mount is its root in its own filesystem, which ends as the path here does.
  const ending = /\/trees\/([^/]+)\/rootfs$/;
  const mounted = mountInfo.split('\n').map((line) => line.split(' ')[3] ?? '');
  const hashes = [...configured, ...mounted].flatMap((tree) => ending.exec(tree)?.[1] ?? []);
  return [...new Set(hashes)];
}

function configuredTrees(runtimeRoot: string): string[] {
  if (!existsSync(runtimeRoot)) return [];
  const files = readdirSync(runtimeRoot).map((name) => path.join(runtimeRoot, name, 'sandbox-server.json'));
  const present = files.filter((file) => existsSync(file));
  return present.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as { treePath: string }).treePath);
}
