import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectCgroupHost } from '../../sandbox-server/engines/runc/cgroup/detect.ts';
import { hierarchyOf, instanceCgroup } from '../../sandbox-server/engines/runc/cgroup/layout.ts';
import type { RunningCourse } from '../running-course.ts';

/**
 * Lets the course's machines have the processor before all else on this host: a ceiling is met only by what is given as
 * much. Gone with the course. Resolves without it where no machine was made yet.
 */
export async function favour({ layout }: RunningCourse): Promise<void> {
  const hierarchy = hierarchyOf(await detectCgroupHost(), 'cpu');
  const directory = join(hierarchy?.mountPoint ?? '', instanceCgroup(layout.instance));
  for (const [file, most] of [
    ['cpu.weight', '10000'],
    ['cpu.shares', '262144'],
  ] as const)
    if (existsSync(join(directory, file))) writeFileSync(join(directory, file), most);
}
