/** Astro's own server, for authors: it renders a lesson as it is written now. Nobody but the portal asks it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CourseSource } from '../course-source.ts';
import { nodePath, repositoryOwner, repositoryRoot } from '../repository.ts';
import { siteEnvironment } from '../site-build.ts';

export interface RendererOptions {
  course: CourseSource;
  port: number;
}

/** Disposing ends it. Where it ends by itself the author reads why, and lessons show as they were built. */
export function startRenderer({ course, port }: RendererOptions): AsyncDisposable {
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
  return {
    async [Symbol.asyncDispose]() {
      isEnding = true;
      child.kill('SIGTERM');
      await ended;
    },
  };
}
