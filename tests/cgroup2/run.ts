/**
 * Proves the sandbox engine on a host that has cgroup v2 and nothing else: a virtual machine with the stock kernel of
 * Debian 13. Run as root: `node tests/cgroup2/run.ts [--smaller | --crun]`, of which the first is the part of `npm test`.
 * The last line says `N passed, N failed`.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { interruptSignal } from '../../bin/interrupt.ts';
import { takeBuildLock } from '../../machine/build-lock.ts';
import { buildMachine } from '../../machine/build.ts';
import { CodedError } from '../../protocol/errors.ts';
import { buildCachedParts } from './cache.ts';
import { parseCheckLine } from './check-line.ts';
import { installMissing } from './host-packages.ts';
import { buildProductDisk } from './vm/product.ts';
import { consoleFile, runMachine } from './vm/virtual-machine.ts';

/** Where nothing else runs all checks take a fifth of it. Only for a guest that hangs: emulation has no speed to rely on. */
const machineTimeoutSeconds = 1_500;
const shownConsoleLines = 60;

const dataDir = process.env['CHROOTCAMP_TEST_DATA'] ?? '/var/lib/chrootcamp-test';
const cacheDir = join(dataDir, 'cgroup2');
const checks = process.argv.includes('--smaller')
  ? 'smaller'
  : process.argv.includes('--crun')
    ? 'crun'
    : 'checks';
const signal = interruptSignal();
const startedAt = performance.now();
const count = { passed: 0, failed: 0 };

function say(words: string): void {
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${words}\n`);
}

function fail(what: string, why: string): void {
  count.failed += 1;
  say(`FAILED ${what}\n${why.replaceAll(/^/gm, '    ')}`);
}

async function runChecks(directory: string): Promise<void> {
  const machine = await buildMachine({ machineDir: join(dataDir, 'machine'), signal });
  const parts = await buildCachedParts({ cacheDir, machine, signal, onProgress: say });
  const product = await buildProductDisk({ directory, signal });
  say('starting the virtual machine');
  let ended = false;
  const { guest, tree, registry } = parts;
  const disks = [tree, registry, product];
  const timeoutSeconds = machineTimeoutSeconds;
  for await (const text of runMachine({ guest, disks, directory, timeoutSeconds, checks, signal })) {
    const line = parseCheckLine(text);
    if (line === null) say(`guest: ${text}`);
    else if ('end' in line) ended = true;
    else if (line.failure !== undefined) fail(`${line.check} (${line.ms} ms)`, line.failure);
    else {
      count.passed += 1;
      say(`passed ${line.check} (${line.ms} ms)`);
    }
  }
  if (!ended) throw new Error('the guest powered off before its checks were through');
}

async function lastOfConsole(directory: string): Promise<string> {
  const text = await readFile(consoleFile(directory), 'utf8').catch(() => '');
  return text.split('\n').slice(-shownConsoleLines).join('\n');
}

process.umask(0o022);
await mkdir(cacheDir, { recursive: true });
// One run at a time, so what lies there is of one that was killed.
const lock = await takeBuildLock(join(cacheDir, 'run.lock'));
const directory = join(cacheDir, 'run');
try {
  if (process.arch !== 'x64') {
    const message = `this is a computer of type ${process.arch}; the virtual machine is made for x64 only`;
    throw new CodedError('HOST_UNSUITABLE', message);
  }
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  await installMissing({ say, signal });
  await runChecks(directory);
} catch (error) {
  fail('the run', `${(error as Error).message}\nconsole of the guest:\n${await lastOfConsole(directory)}`);
} finally {
  await rm(directory, { recursive: true, force: true });
  await lock[Symbol.asyncDispose]();
}
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
