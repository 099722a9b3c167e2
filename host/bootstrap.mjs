/**
 * The first thing that runs in a fresh clone, by the host's own Node: installs what package-lock.json names, then stamps
 * it for `launch.sh`. Plain JavaScript without dependencies, because there are none yet. What it was interrupted in is
 * found unfinished next time: npm removes `node_modules` first and writes its own lock file there last.
 *
 * Exit status: 0 in step, 1 it could not be done, 130 interrupted.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './setup/lock-difference.mjs';
import { runNpmCi } from './setup/npm-ci.mjs';

const oldestNode = 20;
const repository = path.dirname(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname));
const modules = path.join(repository, 'node_modules');
const lockFile = path.join(repository, 'package-lock.json');

function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Null where nothing needs to be done, else the reason in words. */
function reasonToInstall() {
  const installed = readLock(path.join(modules, '.package-lock.json'));
  if (!installed)
    return existsSync(modules) ? 'an earlier installation did not finish' : 'nothing is installed yet';
  if (!existsSync(path.join(modules, '.bin/node'))) return 'the project’s own Node is missing';
  const [first] = differences(readLock(lockFile), installed);
  return first ?? null;
}

async function main() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    console.error(`chrootcamp: found Node.js ${process.versions.node}; needed: ${oldestNode} or newer.`);
    return 1;
  }
  const reason = reasonToInstall();
  if (reason) {
    console.error(`chrootcamp: installing the JavaScript dependencies by npm ci (${reason})`);
    const startedAt = Date.now();
    const status = await runNpmCi(repository);
    if (status !== 0) return status;
    console.error(`chrootcamp: dependencies installed (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  }
  // The portal's unprivileged user must be able to read it, also where somebody installed it under a strict umask.
  execFileSync('chmod', ['-R', 'go+rX', modules]);
  // As `sha256sum` prints it for standard input: launch.sh compares whole lines.
  const digest = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  writeFileSync(path.join(modules, '.chrootcamp-lock'), `${digest}  -\n`);
  return 0;
}

process.exitCode = await main();
