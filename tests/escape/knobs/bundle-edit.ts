/** Edits of the OCI specification that the server wrote, by name; what a knob without a server's setting of its own turns. */

export interface Mount {
  destination: string;
  type: string;
  source: string;
  options: string[];
}

/** What of the specification is edited (opencontainers/runtime-spec, config.md). */
export interface Spec {
  hostname?: string;
  process: {
    env: string[];
    capabilities: Record<'bounding' | 'effective' | 'permitted', string[]>;
    rlimits: unknown[];
  };
  mounts: Mount[];
  linux: {
    namespaces: { type: string; path?: string }[];
    uidMappings?: unknown[];
    gidMappings?: unknown[];
    resources?: unknown;
    seccomp?: { syscalls: { names: string[] }[] };
  };
}

/** Given to the program that the runtime's wrapper runs. */
export type Edit =
  | { edit: 'without-seccomp' }
  | { edit: 'without-user-namespace' }
  | { edit: 'with-new-user-namespace' }
  | { edit: 'without-namespace'; type: string }
  | { edit: 'join-namespace'; type: string; path: string }
  | { edit: 'without-capability'; name: string }
  | { edit: 'with-capabilities'; names: string[] }
  | { edit: 'without-mount'; destination: string }
  | { edit: 'with-mount'; mount: Mount }
  | { edit: 'without-calls'; calls: string[] }
  | { edit: 'without-sizes' }
  | { edit: 'without-rlimits' }
  | { edit: 'with-devices' }
  | { edit: 'with-environment'; variable: string };

const sets = ['bounding', 'effective', 'permitted'] as const;

export function apply(spec: Spec, edit: Edit): void {
  const { linux, process } = spec;
  const dropMount = (destination: string) =>
    (spec.mounts = spec.mounts.filter((mount) => mount.destination !== destination));
  const dropNamespace = (type: string) =>
    (linux.namespaces = linux.namespaces.filter((namespace) => namespace.type !== type));
  switch (edit.edit) {
    case 'without-seccomp':
      delete linux.seccomp;
      return;
    case 'without-user-namespace':
      dropNamespace('user');
      delete linux.uidMappings;
      delete linux.gidMappings;
      return;
    case 'with-new-user-namespace':
      for (const namespace of linux.namespaces) if (namespace.type === 'user') delete namespace.path;
      return;
    case 'without-namespace':
      dropNamespace(edit.type);
      if (edit.type === 'uts') delete spec.hostname;
      return;
    case 'join-namespace':
      dropNamespace(edit.type);
      linux.namespaces.push({ type: edit.type, path: edit.path });
      return;
    case 'without-capability':
      for (const set of sets)
        process.capabilities[set] = process.capabilities[set].filter((name) => name !== edit.name);
      return;
    case 'with-capabilities':
      for (const set of sets) process.capabilities[set] = edit.names;
      return;
    case 'without-mount':
      dropMount(edit.destination);
      return;
    case 'with-mount':
      dropMount(edit.mount.destination);
      spec.mounts.push(edit.mount);
      return;
    case 'without-calls':
      for (const rule of linux.seccomp?.syscalls ?? [])
        rule.names = rule.names.filter((name) => !edit.calls.includes(name));
      if (linux.seccomp)
        linux.seccomp.syscalls = linux.seccomp.syscalls.filter(({ names }) => names.length > 0);
      return;
    case 'without-sizes':
      for (const mount of spec.mounts)
        mount.options = mount.options.filter((option) => !option.startsWith('size='));
      return;
    case 'without-rlimits':
      process.rlimits = [];
      return;
    case 'with-devices':
      linux.resources = { devices: [{ allow: true, access: 'rwm' }] };
      return;
    case 'with-environment':
      process.env.push(edit.variable);
  }
}
