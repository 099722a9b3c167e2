/** For tests: a whole portal on a free port, with a small site and course, before an `EchoServer`. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { courseOnDisk, jailDir, jailYaml, lessonMdx } from '../course/course.fixture.ts';
import { Browser } from './browser.fixture.ts';
import { parseConfig } from './config.ts';
import { EchoServer } from './echo-server.fixture.ts';
import { createLog } from './log.ts';
import { startPortal } from './portal.ts';
import { systemClock, type Clock } from './sandboxes/clock.ts';
import type { Portal } from './portal.ts';

export const lessonPath = 'before-docker/chroot';
export const exerciseId = 'before-docker/chroot/a-jail';

/** A file to be made and a question to be answered. */
const exerciseYaml = `title: A jail
task: Make a directory with a shell in it that works.
checks:
  - id: shell
    kind: file
    label: There is a shell
    path: /srv/jail/bin/sh
  - id: kernel
    kind: answer
    label: Which kernel does this machine run?
    source: { from: kernel, field: release }
hints:
  - Look at what busybox can do.
wrong:
  - script: wrong-plain.sh
    fails: shell
    says: no file
  - script: wrong-mode.sh
    fails: shell
    says: no file
`;

export interface FixtureOptions {
  /** The exercise has a set-up script. */
  setUp?: boolean;
  /** Lifetimes go by it; default the true one. */
  clock?: Clock;
  /** Words of the lesson. */
  lesson?: string;
  /** The lesson has a second exercise. */
  second?: boolean;
  /** Fields of the portal's configuration. */
  overrides?: object;
}

export const secondExerciseId = 'before-docker/chroot/a-shelf';
const shelfDir = jailDir.replace('1-a-jail', '2-a-shelf');
const secondExercise: Record<string, string> = {
  [lessonMdx]: `---
title: A new root
summary: Give a process a root directory of its own.
minutes: 15
---

Words.

<Exercise id="a-jail" />
<Exercise id="a-shelf" />
`,
  [`${shelfDir}/exercise.yaml`]: exerciseYaml.replaceAll('/srv/jail/bin/sh', '/srv/shelf'),
  ...Object.fromEntries(
    ['solve', 'alt-copy', 'wrong-plain', 'wrong-mode'].map((name) => [`${shelfDir}/${name}.sh`, 'true\n']),
  ),
};

export type LogLine = Record<string, unknown> & { msg: string };

function logInto(lines: LogLine[]) {
  return createLog('debug', { write: (line) => void lines.push(JSON.parse(line) as LogLine) });
}

export class PortalFixture {
  readonly server: EchoServer;
  readonly config: ReturnType<typeof parseConfig>;
  portal: Portal;
  /** What the portal logged, down to `debug`. */
  readonly logged: LogLine[];
  readonly #clock: Clock;

  private constructor(
    parts: Pick<PortalFixture, 'server' | 'config' | 'portal' | 'logged'> & { clock: Clock },
  ) {
    this.server = parts.server;
    this.config = parts.config;
    this.portal = parts.portal;
    this.logged = parts.logged;
    this.#clock = parts.clock;
  }

  /** Ends with the test. */
  static async start(options: FixtureOptions = {}) {
    const { setUp = false, second = false, lesson = 'Words.', clock = systemClock, overrides = {} } = options;
    const directory = await mkdtemp(join(tmpdir(), 'portal-'));
    const siteDir = join(directory, 'site');
    for (const [path, text] of Object.entries(siteFiles)) {
      await mkdir(join(siteDir, path, '..'), { recursive: true });
      await writeFile(join(siteDir, path), text);
    }
    const course = await courseOnDisk({
      [jailYaml]: exerciseYaml,
      [lessonMdx]: `---\ntitle: A new root\nsummary: Give a process a root of its own.\nminutes: 5\n---\n\n${lesson}\n\n<Exercise id="a-jail" />\n`,
      ...(second && secondExercise),
      ...(setUp && { [`${jailDir}/setup.sh`]: 'touch /begun\n' }),
    });
    const config = parseConfig(
      {
        port: 0,
        dataDir: join(directory, 'data'),
        sandboxServerSocket: join(directory, 's'),
        siteDir,
        contentDir: course.contentDir,
        logLevel: 'silent',
        ...overrides,
      },
      'the test',
    );
    const server = new EchoServer(config.sandboxServerSocket);
    await server.start();
    const logged: LogLine[] = [];
    const portal = await startPortal(config, logInto(logged), { clock });
    const fixture = new PortalFixture({ server, config, portal, logged, clock });
    onTestFinished(async () => {
      await fixture.portal[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await course[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    });
    return fixture;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.portal.port}`;
  }

  /** A browser that has been here: it has its cookie. */
  async visit(): Promise<Browser> {
    const browser = new Browser(() => this.origin);
    await browser.get('/api/me');
    return browser;
  }

  /** On the same data and another port. */
  async restart(): Promise<void> {
    await this.portal[Symbol.asyncDispose]();
    this.portal = await startPortal(this.config, logInto(this.logged), { clock: this.#clock });
  }
}

const siteFiles: Record<string, string> = {
  'index.html':
    '<!doctype html><title>Home</title><script>let home = 1;</script><script src="/_astro/a.abc.js"></script>',
  'before-docker/chroot/index.html': `<!doctype html><title>chroot</title>${'words '.repeat(500)}`,
  '404.html': '<!doctype html><title>Not here</title>',
  'de/404/index.html': '<!doctype html><title>Nicht hier</title>',
  '_astro/a.abc.js': `export const text = '${'x'.repeat(2_000)}';`,
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};
