/** How containers of an image are run: the `config` object of the OCI image configuration. */
export interface RunConfig {
  Cmd?: string[];
  Entrypoint?: string[];
  Env?: string[];
  ExposedPorts?: Record<string, object>;
  Labels?: Record<string, string>;
  StopSignal?: string;
  User?: string;
  Volumes?: Record<string, object>;
  WorkingDir?: string;
}

export const standardPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** One layer, as the configuration tells of it. */
export interface LayerRecord {
  /** `sha256:...` of the uncompressed tar. */
  diffId: string;
  createdBy: string;
}

export interface ImageConfigOptions {
  run: RunConfig;
  layers: readonly LayerRecord[];
  /** ISO 8601. */
  created: string;
  /** As Go names it: amd64, arm64. */
  architecture: string;
}

/** The OCI image configuration (image-spec v1, config.md) with a history as `docker history` shows it. */
export function imageConfig(options: ImageConfigOptions): object {
  const { created, run } = options;
  return {
    architecture: options.architecture,
    os: 'linux',
    created,
    config: run,
    rootfs: { type: 'layers', diff_ids: options.layers.map((layer) => layer.diffId) },
    history: [
      ...options.layers.map((layer) => ({ created, created_by: layer.createdBy })),
      ...instructions(run).map((text) => ({ created, created_by: text, empty_layer: true })),
    ],
  };
}

/** The Dockerfile instructions that would have given this configuration. */
function instructions(run: RunConfig): string[] {
  return [
    ...(run.Env ?? []).filter((entry) => entry !== standardPath).map((entry) => `ENV ${entry}`),
    ...(run.WorkingDir === undefined || run.WorkingDir === '/' ? [] : [`WORKDIR ${run.WorkingDir}`]),
    ...(run.User === undefined ? [] : [`USER ${run.User}`]),
    ...Object.keys(run.Volumes ?? {}).map((path) => `VOLUME [${path}]`),
    ...Object.keys(run.ExposedPorts ?? {}).map((port) => `EXPOSE ${port}`),
    ...(run.StopSignal === undefined ? [] : [`STOPSIGNAL ${run.StopSignal}`]),
    ...(run.Entrypoint === undefined ? [] : [`ENTRYPOINT ${JSON.stringify(run.Entrypoint)}`]),
    ...(run.Cmd === undefined ? [] : [`CMD ${JSON.stringify(run.Cmd)}`]),
  ];
}

/** This machine's architecture, as OCI names it. */
export function ociArchitecture(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}
