import { expect, test } from 'vitest';
import { parseCgroupMounts } from './detect.ts';

const hybrid = `
30 25 0:26 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
31 30 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct
32 30 0:28 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory
33 30 0:29 / /sys/fs/cgroup/systemd rw,nosuid - cgroup cgroup rw,xattr,name=systemd
34 30 0:30 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup2 rw,nsdelegate
`;

test('a hybrid host: every controller with its mount point, and cgroup2 beside them', () => {
  const { v1, v2 } = parseCgroupMounts(hybrid);
  expect(Object.fromEntries(v1)).toEqual({
    cpu: '/sys/fs/cgroup/cpu,cpuacct',
    cpuacct: '/sys/fs/cgroup/cpu,cpuacct',
    memory: '/sys/fs/cgroup/memory',
    'name=systemd': '/sys/fs/cgroup/systemd',
  });
  expect(v2).toBe('/sys/fs/cgroup/unified');
});

test('a pure v2 host', () => {
  const { v1, v2 } = parseCgroupMounts(
    '30 25 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n',
  );
  expect(v1.size).toBe(0);
  expect(v2).toBe('/sys/fs/cgroup');
});
