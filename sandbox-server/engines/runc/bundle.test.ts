import { expect, test } from 'vitest';
import { bundleOf } from './bundle.ts';
import { seccompProfile } from './seccomp/profile.ts';

const options = {
  rootfs: '/r/merged',
  disk: '/r/disk',
  cgroupsPath: '/chrootcamp-x/abc/inner',
  firstHostId: 1_073_741_824,
  capabilities: ['CAP_CHOWN', 'CAP_SYS_ADMIN'] as string[],
  userNamespace: '/r/user',
  openFiles: 20_000,
  architecture: 'x64',
  runtime: 'runc',
  startsDocker: true,
} as const;

test('the bundle is the golden one', async () => {
  const { linux, ...rest } = bundleOf(options);
  // The filter has golden files of its own, in which a person can read.
  const bundle = { ...rest, linux: { ...linux, seccomp: '(see seccomp/)' } };
  await expect(`${JSON.stringify(bundle, null, 2)}\n`).toMatchFileSnapshot('bundle.golden.json');
});

test('for crun it is the same but for the second sysfs; the cgroup version makes no difference', () => {
  const { mounts, ...rest } = bundleOf(options);
  const { mounts: forCrun, ...restForCrun } = bundleOf({ ...options, runtime: 'crun' });
  expect(restForCrun).toEqual(rest);
  expect(forCrun).toEqual(mounts.filter(({ destination }) => destination !== '/dev/.sysfs'));
});

test('without Docker only the first process is told so', () => {
  const { args, ...rest } = bundleOf({ ...options, startsDocker: false }).process;
  const { args: usual, ...restUsually } = bundleOf(options).process;
  expect(rest).toEqual(restUsually);
  expect(args).toEqual([
    ...usual.slice(0, 2),
    '/usr/bin/env',
    'CHROOTCAMP_DOCKER=off',
    '/usr/lib/chrootcamp/init',
  ]);
});

test('the filter of the architecture is in it', () => {
  expect(bundleOf(options).linux.seccomp).toEqual(seccompProfile('x64'));
  expect(bundleOf({ ...options, architecture: 'arm64' }).linux.seccomp).toEqual(seccompProfile('arm64'));
});

test('the same options give the same text', () => {
  expect(JSON.stringify(bundleOf(options))).toBe(JSON.stringify(bundleOf({ ...options })));
});

test('where the runtime cannot set resource limits it is not asked to', () => {
  expect(bundleOf({ ...options, openFiles: null }).process.rlimits).toEqual([]);
});

test('every namespace is new, that of users made for it, and root inside is nobody outside', () => {
  const { linux } = bundleOf(options);
  expect(linux.namespaces.filter((namespace) => 'path' in namespace)).toEqual([
    { type: 'user', path: '/r/user' },
  ]);
  expect(linux.namespaces.map(({ type }) => type).toSorted()).toEqual([
    'cgroup',
    'ipc',
    'mount',
    'network',
    'pid',
    'user',
    'uts',
  ]);
  expect(linux.uidMappings).toEqual([{ containerID: 0, hostID: options.firstHostId, size: 65_536 }]);
});
