import { expect, test } from 'vitest';
import { canonicalReference, repositoryOf } from './image-reference.ts';

test.each([
  ['busybox', 'docker.io/library/busybox:latest'],
  ['busybox:latest', 'docker.io/library/busybox:latest'],
  ['docker.io/library/busybox:latest', 'docker.io/library/busybox:latest'],
  ['docker.io/busybox', 'docker.io/library/busybox:latest'],
  ['index.docker.io/library/busybox', 'docker.io/library/busybox:latest'],
  ['library/busybox', 'docker.io/library/busybox:latest'],
  ['me/app:2', 'docker.io/me/app:2'],
  ['localhost:5000/app', 'localhost:5000/app:latest'],
  ['localhost/app', 'localhost/app:latest'],
  ['busybox:1@sha256:ab', 'docker.io/library/busybox@sha256:ab'],
])('%s is %s', (reference, canonical) => {
  expect(canonicalReference(reference)).toBe(canonical);
});

test('a repository is the reference without tag or digest', () => {
  expect(repositoryOf('busybox:1.36')).toBe('docker.io/library/busybox');
  expect(repositoryOf('localhost:5000/app')).toBe('localhost:5000/app');
  expect(repositoryOf('busybox@sha256:ab')).toBe('docker.io/library/busybox');
});
