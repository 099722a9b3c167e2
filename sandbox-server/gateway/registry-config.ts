/** docker-registry's YAML: the course images, read-only, on a Unix socket. JSON is YAML. */
export function registryConfig({ root, socketPath }: { root: string; socketPath: string }): string {
  const config = {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: root },
      maintenance: { readonly: { enabled: true }, uploadpurging: { enabled: false } },
    },
    http: { net: 'unix', addr: socketPath },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
