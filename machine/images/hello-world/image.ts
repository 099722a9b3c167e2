import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { standardPath } from '../../oci/image-config.ts';
import { runCommand } from '../../run-command.ts';
import type { CourseImage } from '../course-image.ts';

/** One static program of a few kilobytes that says what just happened. */
export const helloWorldImage: CourseImage = {
  name: 'hello-world',
  tags: ['latest'],
  folder: import.meta.dirname,
  createdBy: 'COPY hello / # buildkit',
  async build(context) {
    await mkdir(context.rootfs);
    await compileHello(join(context.rootfs, 'hello'), context.signal);
    return { Cmd: ['/hello'], Env: [standardPath], WorkingDir: '/' };
  },
};

async function compileHello(target: string, signal?: AbortSignal): Promise<void> {
  await runCommand({ argv: ['gcc', ...flags, '-o', target, join(import.meta.dirname, 'hello.c')], signal });
}

/** No C library, nothing linked at run time, and none of the sections that only debuggers and loaders read. */
const flags = words(`
  -Os -static -nostdlib -nostartfiles -ffreestanding -fno-pie -no-pie -fno-stack-protector
  -fno-asynchronous-unwind-tables -s -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,norelro
`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
