import { join } from 'node:path';

export interface Directories {
  stateDir: string;
  runtimeDir: string;
}

/** Every path of one sandbox. Under `state` it survives a reboot, under `runtime` it does not. */
export function pathsOf({ stateDir, runtimeDir }: Directories, id: string) {
  const state = join(stateDir, id);
  const runtime = join(runtimeDir, 'sb', id);
  return {
    state,
    stateFile: join(state, 'sandbox.json'),
    diskImage: join(state, 'disk.img'),
    /** Takes the disk's place at the next start: a checkpoint that is being restored. */
    nextDiskImage: join(state, 'next.img'),
    checkpoints: join(state, 'checkpoints'),
    runtime,
    bundle: join(runtime, 'bundle'),
    lower: join(runtime, 'lower'),
    disk: join(runtime, 'disk'),
    merged: join(runtime, 'merged'),
    gatewayNamespace: join(runtime, 'gateway.net'),
    pidFile: join(runtime, 'init.pid'),
    runtimeLog: join(runtime, 'runtime.log'),
    console: join(runtime, 'console.log'),
  };
}
export type SandboxPaths = ReturnType<typeof pathsOf>;
