export interface RegistryConfigOptions {
  /** The filesystem store. */
  root: string;
  /** The Unix socket to listen on. */
  socketPath: string;
  readOnly: boolean;
}

/** The configuration file of Debian's docker-registry. JSON, which is YAML too. */
export function registryConfig(options: RegistryConfigOptions): string {
  return JSON.stringify(
    {
      version: '0.1',
      log: { level: 'warn', accesslog: { disabled: true } },
      storage: {
        filesystem: { rootdirectory: options.root },
        cache: { blobdescriptor: 'inmemory' },
        maintenance: { uploadpurging: { enabled: false }, readonly: { enabled: options.readOnly } },
      },
      http: { net: 'unix', addr: options.socketPath },
    },
    null,
    2,
  );
}
