import type { Observer } from './observer.ts';

/** Looks at each thing once, however many exercises ask: good for one round, of whose causes all lie before it. */
export function rememberingObserver(observer: Observer): Observer {
  const seen = new Map<string, Promise<unknown>>();
  /** What an aborted or failed look gave is nobody else's answer. */
  function once<T>(key: string, look: () => Promise<T>): Promise<T> {
    const known = seen.get(key);
    if (known !== undefined) return known as Promise<T>;
    const fresh = look();
    seen.set(key, fresh);
    fresh.catch(() => seen.delete(key));
    return fresh;
  }
  return {
    file: (path, options) => once(`file ${path}`, () => observer.file(path, options)),
    processes: (options) => once('processes', () => observer.processes(options)),
    docker: (path, options) => once(`docker ${path}`, () => observer.docker(path, options)),
    dockerEvents: (options) => once('docker events', () => observer.dockerEvents(options)),
    mounts: (options) => once('mounts', () => observer.mounts(options)),
    cgroup: (path, options) => once(`cgroup ${path}`, () => observer.cgroup(path, options)),
    http: (look, options) => once(`http ${JSON.stringify(look)}`, () => observer.http(look, options)),
    script: (run, options) => once(`script ${JSON.stringify(run)}`, () => observer.script(run, options)),
    kernel: (options) => once('kernel', () => observer.kernel(options)),
  };
}
