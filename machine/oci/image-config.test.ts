import { expect, test } from 'vitest';
import { imageConfig, standardPath } from './image-config.ts';

test('an image configuration as the OCI image-spec has it', () => {
  const config = imageConfig({
    run: {
      Cmd: ['serve', '--port', '80'],
      Entrypoint: ['/start'],
      Env: [standardPath, 'SERVE_VERSION=1.2'],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    },
    layers: [
      { diffId: 'sha256:aa', createdBy: 'base' },
      { diffId: 'sha256:bb', createdBy: 'apt-get install serve' },
    ],
    created: '2025-08-09T00:00:00.000Z',
    architecture: 'amd64',
  });
  const created = '2025-08-09T00:00:00.000Z';
  expect(config).toEqual({
    architecture: 'amd64',
    os: 'linux',
    created,
    config: {
      Cmd: ['serve', '--port', '80'],
      Entrypoint: ['/start'],
      Env: [standardPath, 'SERVE_VERSION=1.2'],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    },
    rootfs: { type: 'layers', diff_ids: ['sha256:aa', 'sha256:bb'] },
    history: [
      { created, created_by: 'base' },
      { created, created_by: 'apt-get install serve' },
      { created, created_by: 'ENV SERVE_VERSION=1.2', empty_layer: true },
      { created, created_by: 'EXPOSE 80/tcp', empty_layer: true },
      { created, created_by: 'STOPSIGNAL SIGQUIT', empty_layer: true },
      { created, created_by: 'ENTRYPOINT ["/start"]', empty_layer: true },
      { created, created_by: 'CMD ["serve","--port","80"]', empty_layer: true },
    ],
  });
});
