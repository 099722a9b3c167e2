/** Everything `start` does before it starts: from a bare computer to a plan the supervisor can run. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { loadCourse } from '../course/load.ts';
import { copyCourse, type CourseSource } from '../host/course-source.ts';
import { freePort } from '../host/free-port.ts';
import { claimInstance } from '../host/instance/claim.ts';
import { sweepPrivateServers } from '../host/instance/private-server.ts';
import type { Layout } from '../host/layout.ts';
import { runSteps } from '../host/progress/run-steps.ts';
import type { StepContext } from '../host/progress/step.ts';
import { buildSite } from '../host/site-build.ts';
import { portalConfig, sandboxServerConfig, urlOf } from '../host/supervisor/plan.ts';
import type { CoursePlan } from '../host/supervisor/plan.ts';
import { ensureSystemUser, networkUserName, portalUserName } from '../host/system-user.ts';
import type { CourseConfig } from '../protocol/course-config.ts';
import { buildMachine } from '../machine/build.ts';
import type { BuiltMachine } from '../machine/build.ts';
import { allSources, buildWords, prepareHost, preparePackages } from './preparation.ts';

export interface CoursePlanOptions {
  layout: Layout;
  config: CourseConfig;
  course: CourseSource;
  host: string;
  port: number;
  dev: boolean;
  signal: AbortSignal;
}

/** Whoever calls holds the instance's lock. Shows what takes time on standard output. */
export async function prepareCourse(options: CoursePlanOptions): Promise<CoursePlan> {
  const { layout, config, course, host, port, dev, signal } = options;
  const { limits, lifetimes, capacity, checkpoints, runtime, publicOrigins } = config;
  // What is wrong with it is said in a second, and not after the machine has been built.
  await loadCourse(course.dir);
  copyCourse(course);
  mkdirSync(layout.dataDir, { recursive: true, mode: 0o755 });
  await preparePackages('run', { signal, to: 'stdout', runtime });
  await prepareHost({ layout, host, port }, { config });
  await sweepPrivateServers(layout);

  const machine = await build(layout, course, signal);
  const rendererPort = dev ? await freePort() : null;
  const portalUser = await ensureSystemUser(portalUserName);
  await ensureSystemUser(networkUserName);
  const inUse = existsSync(layout.sandboxesDir) && readdirSync(layout.sandboxesDir).length > 0;
  const { idBase } = await claimInstance({ layout, kind: 'course', inUse, signal });
  const socketGid = portalUser.gid;
  return {
    layout,
    url: urlOf({ host, port }),
    portalUser,
    sandboxServer: sandboxServerConfig({
      layout,
      machine,
      packageSources: await allSources(config.packageSources),
      idBase,
      socketGid,
      limits,
      capacity,
      checkpoints,
      runtime,
    }),
    portal: portalConfig({ layout, host, port, lifetimes, publicOrigins, course, rendererPort }),
    course,
    dev: rendererPort === null ? null : { rendererPort },
  };
}

/** The machine and the site, side by side. */
async function build(layout: Layout, course: CourseSource, signal: AbortSignal): Promise<BuiltMachine> {
  let machine: BuiltMachine | undefined;
  const buildTheMachine = async ({ onStep, signal: stepSignal }: StepContext) => {
    machine = await buildMachine({
      machineDir: layout.machineDir,
      signal: stepSignal,
      onStep: (event) => {
        const words = buildWords(event);
        if (words !== null) onStep(words);
      },
    });
  };
  const buildTheSite = async (context: StepContext) => {
    await buildSite({ ...context, course });
  };
  await runSteps(
    [
      { title: 'The machine', run: buildTheMachine },
      { title: 'The pages', run: buildTheSite },
    ],
    { signal },
  );
  return machine!;
}
