/** What is to be run: all a supervisor needs to know, as JSON, so that a detached one can be given it in a file. */
import path from 'node:path';
import type { Capacity, CheckpointBounds } from '../../protocol/capacity.ts';
import type { Lifetimes } from '../../protocol/lifetimes.ts';
import type { Limits } from '../../protocol/limits.ts';
import type { RuntimeName } from '../../protocol/runtime.ts';
import type { PackageSources } from '../../protocol/package-sources.ts';
import type { CourseSource } from '../course-source.ts';
import type { Layout } from '../layout.ts';
import { nodePath, repositoryRoot } from '../repository.ts';
import { networkUserName } from '../system-user.ts';
import type { SystemUser } from '../system-user.ts';
import type { ProcessPlan } from './supervised-process.ts';

/** The file given to `sandbox-server/main.ts --config`; its schema there has the defaults of what is absent here. */
export interface SandboxServerConfig {
  socketPath: string;
  socketGid: number;
  stateDir: string;
  runtimeDir: string;
  treePath: string;
  registryRoot: string;
  instance: string;
  idBase: number;
  capacity: Partial<Capacity>;
  checkpoints: Partial<CheckpointBounds>;
  packageHosts: string[];
  packageNetworks: string[];
  serviceUser: string;
  limits: Limits;
  runtime: RuntimeName;
}

/** The file given to `portal/main.ts --config`. */
export interface PortalConfig {
  host: string;
  port: number;
  publicOrigins: string[];
  dataDir: string;
  sandboxServerSocket: string;
  siteDir: string;
  contentDir: string;
  lifetimes: Lifetimes;
  dev?: { rendererUrl: string };
  logLevel: string;
}

export interface CoursePlan {
  layout: Layout;
  /** Where the learner's browser goes. */
  url: string;
  portalUser: SystemUser;
  sandboxServer: SandboxServerConfig;
  portal: PortalConfig;
  course: CourseSource;
  /** For authors: what is edited is taken up. Null otherwise. */
  dev: { rendererPort: number } | null;
}

/** What a sandbox-server needs of what `machine/` builds. */
export interface BuiltMachinePaths {
  treePath: string;
  registryRoot: string;
}

export function sandboxServerConfig(options: {
  layout: Layout;
  machine: BuiltMachinePaths;
  packageSources: PackageSources;
  idBase: number;
  socketGid: number;
  capacity: Partial<Capacity>;
  checkpoints: Partial<CheckpointBounds>;
  limits: Limits;
  runtime: RuntimeName;
}): SandboxServerConfig {
  const { layout, machine, packageSources, idBase, socketGid } = options;
  const { limits, capacity, checkpoints, runtime } = options;
  return {
    socketPath: layout.sandboxServerSocket,
    socketGid,
    stateDir: layout.sandboxesDir,
    runtimeDir: layout.sandboxRuntimeDir,
    treePath: machine.treePath,
    registryRoot: machine.registryRoot,
    instance: layout.instance,
    idBase,
    capacity,
    checkpoints,
    packageHosts: packageSources.hosts,
    packageNetworks: packageSources.networks,
    serviceUser: networkUserName,
    limits,
    runtime,
  };
}

/**
 * `cacheDir`: with what Node has compiled before, it neither loads its compiler for TypeScript nor compiles: 20 MB less in
 * the server, and as much in its relay. The limit on what is young in the heap saves 50 MB more and costs microseconds.
 */
export function sandboxServerProcess(layout: Layout, cacheDir: string = layout.compileCacheDir): ProcessPlan {
  return {
    name: 'sandbox-server',
    program: nodePath,
    arguments: [
      '--no-warnings',
      '--max-semi-space-size=2',
      'sandbox-server/main.ts',
      '--config',
      layout.sandboxServerConfigFile,
    ],
    env: { NODE_COMPILE_CACHE: cacheDir },
    cwd: repositoryRoot,
    readyTimeoutMs: 60_000,
  };
}

export function portalProcess({ layout, portalUser, portal }: CoursePlan): ProcessPlan {
  const capabilities = portal.port < 1024 ? ',+net_bind_service' : '';
  const launch = [
    path.join(import.meta.dirname, 'portal-launch.sh'),
    repositoryRoot,
    layout.portalAppMount,
    layout.portalDir,
    layout.portalDataMount,
    String(portalUser.uid),
    String(portalUser.gid),
    capabilities,
    layout.portalConfigFile,
  ];
  return {
    name: 'portal',
    program: 'unshare',
    arguments: ['--mount', '--propagation', 'private', '--', '/bin/sh', ...launch],
    cwd: '/',
    readyTimeoutMs: 60_000,
  };
}

/** The portal sees itself at its own mount points. */
export function portalConfig(options: {
  layout: Layout;
  host: string;
  port: number;
  lifetimes: Lifetimes;
  publicOrigins: string[];
  course: CourseSource;
  /** Where Astro's own server listens, for authors. */
  rendererPort: number | null;
}): PortalConfig {
  const { layout, host, port, lifetimes, publicOrigins, course, rendererPort } = options;
  return {
    host,
    port,
    publicOrigins,
    dataDir: layout.portalDataMount,
    sandboxServerSocket: layout.sandboxServerSocket,
    siteDir: path.join(layout.portalAppMount, course.sitePath),
    contentDir: path.join(layout.portalAppMount, course.contentPath),
    lifetimes,
    ...(rendererPort !== null && { dev: { rendererUrl: rendererUrlOf(rendererPort) } }),
    logLevel: process.env.CHROOTCAMP_LOG_LEVEL ?? 'info',
  };
}

export function rendererUrlOf(port: number): string {
  return `http://127.0.0.1:${port}/`;
}

/** `http://127.0.0.1:8080/`; an address that means all of them is shown as the one of this computer. */
export function urlOf({ host, port }: { host: string; port: number }): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  return `http://${name}${port === 80 ? '' : `:${port}`}/`;
}
