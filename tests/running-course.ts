/** A course of a test's own, started and stopped by the very commands an operator uses. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { freePort } from '../host/free-port.ts';
import { layoutOf, type Layout } from '../host/layout.ts';
import { readRecord } from '../host/supervisor/record.ts';
import type { courseConfigSchema } from '../protocol/course-config.ts';
import { SandboxClient } from '../sandbox-client/client.ts';
import { endWithTest } from './end-with-test.ts';
import { testMachineDir } from './running-sandbox-server.ts';

const program = fileURLToPath(new URL('../bin/chrootcamp', import.meta.url));

/** As at an operator's shell: the pages' own server watches nothing where it finds itself in a test. */
function operatorEnvironment(): NodeJS.ProcessEnv {
  const isOfTests = (name: string): boolean =>
    name.startsWith('VITEST') || name === 'TEST' || name === 'NODE_ENV';
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfTests(name)));
}

/** Runs the command to its end; its output when it succeeded. */
async function chrootcamp(...args: string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: operatorEnvironment() });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`chrootcamp ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Errors that a portal logged after it had been asked to stop; what a test provoked before is its own matter. */
function complaintsAtStop({ logsDir }: Layout): string[] {
  const file = join(logsDir, 'portal.log');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const asked = lines.findLastIndex((line) => line.includes('"msg":"stopping"'));
  return lines.slice(asked === -1 ? lines.length : asked).filter((line) => line.includes('"level":50'));
}

export class RunningCourse implements AsyncDisposable {
  readonly url: string;
  readonly layout: Layout;
  /** For looking behind the page's back. */
  readonly client: SandboxClient;
  #ended: Promise<void> | undefined;

  private constructor(url: string, layout: Layout) {
    this.url = url;
    this.layout = layout;
    this.client = new SandboxClient({ socketPath: layout.sandboxServerSocket });
  }

  /** `config`: what the operator's `config.yaml` says. `options`: more words for `start`. */
  static async start({
    config,
    options = [],
  }: { config?: z.input<typeof courseConfigSchema>; options?: string[] } = {}): Promise<RunningCourse> {
    mkdirSync(testMachineDir, { recursive: true });
    const dataDir = mkdtempSync('/var/tmp/camp-course-');
    symlinkSync(testMachineDir, join(dataDir, 'machine'));
    // JSON is YAML.
    if (config) writeFileSync(join(dataDir, 'config.yaml'), JSON.stringify(config));
    const port = await freePort();
    try {
      await chrootcamp('start', '--detach', '--data', dataDir, '--port', String(port), ...options);
    } catch (error) {
      rmSync(dataDir, { recursive: true, force: true });
      throw error;
    }
    const course = new RunningCourse(`http://127.0.0.1:${port}`, layoutOf(dataDir));
    await endWithTest(course);
    return course;
  }

  /** Process id of a part that is ready, or null while it is being started again. */
  pidOf(part: 'portal' | 'sandbox-server'): number | null {
    const found = readRecord(this.layout)?.processes.find(({ name }) => name === part);
    return found?.status === 'ready' ? (found.identity?.pid ?? null) : null;
  }

  /** SIGKILL; resolves when the supervisor has started another one. */
  async kill(part: 'portal' | 'sandbox-server'): Promise<void> {
    const before = this.pidOf(part);
    if (before === null) throw new Error(`${part} is not ready`);
    process.kill(before, 'SIGKILL');
    for (let pid: number | null = before; pid === before || pid === null; pid = this.pidOf(part))
      await delay(50);
  }

  /** Once, however often it is asked for. */
  [Symbol.asyncDispose](): Promise<void> {
    return (this.#ended ??= this.#end());
  }

  async #end(): Promise<void> {
    await chrootcamp('stop', '--data', this.layout.dataDir);
    const left = existsSync(this.layout.runtimeDir);
    const complaints = complaintsAtStop(this.layout);
    rmSync(this.layout.dataDir, { recursive: true, force: true });
    if (left) throw new Error(`chrootcamp stop left ${this.layout.runtimeDir}`);
    if (complaints.length > 0)
      throw new Error(`the portal was stopped with errors:\n${complaints.join('\n')}`);
  }
}
