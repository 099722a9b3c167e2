/** Astro's own server, for authors: it renders a lesson as it is written now. Nobody but the portal asks it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { CourseSource } from '../course-source.ts';
import { nodePath, repositoryOwner, repositoryRoot } from '../repository.ts';
import { siteEnvironment } from '../site-build.ts';
import { rendererUrlOf } from './plan.ts';

export interface RendererOptions {
  course: CourseSource;
  port: number;
}

const readyTimeoutMs = 60_000;

/**
 * Resolves when it answers: what is saved from then on is taken up. Disposing ends it. Where it ends by itself the author
 * reads why, and lessons show as they were built.
 */
export async function startRenderer({ course, port }: RendererOptions): Promise<AsyncDisposable> {
  const owner = repositoryOwner();
  const asOwner = process.getuid!() === 0 && owner.uid !== 0;
  const words = ['dev', '--port', String(port), '--host', '127.0.0.1', '--outDir', course.sitePath];
  const child = spawn(nodePath, ['node_modules/astro/bin/astro.mjs', ...words], {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      ...siteEnvironment(course),
      CHROOTCAMP_DEV: '1',
      ...(asOwner ? { HOME: owner.home } : {}),
    },
    ...(asOwner ? { uid: owner.uid, gid: owner.gid } : {}),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let isEnding = false;
  child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  const ended = once(child, 'exit').then(([code]) => {
    if (!isEnding)
      process.stderr.write(
        `dev: the pages' own server ended with ${String(code)}; start anew to see lessons change\n`,
      );
  });
  await answering(port, ended);
  return {
    async [Symbol.asyncDispose]() {
      isEnding = true;
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Or has ended, or takes too long: a course without it is one that shows changes late. */
async function answering(port: number, ended: Promise<void>): Promise<void> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  const endMs = performance.now() + readyTimeoutMs;
  while (!isOver && performance.now() < endMs) {
    const answer = await fetch(rendererUrlOf(port)).catch(() => null);
    if (answer !== null) return;
    await delay(100);
  }
}
