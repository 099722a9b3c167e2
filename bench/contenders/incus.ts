/** An Incus system container with nesting, unprivileged as ours are. */
import { machineInit, type Rival } from './rival.ts';

const image = 'camp';
/** A unified image: its description, then the tree below `rootfs`. */
const buildImage = `mkdir /run/image
printf 'architecture: %s\\ncreation_date: 1\\n' "$(uname -m)" >/run/image/metadata.yaml
tar --create --numeric-owner --file /var/lib/incus/image.tar --directory /run/image metadata.yaml \\
  --transform 's,^[.],rootfs,S' --directory /machine .
incus image import /var/lib/incus/image.tar --alias ${image}
rm /var/lib/incus/image.tar`;
/** Snapshots of Btrfs make a container of an image at once; where the kernel has none, files are copied. */
const makePool = `incus storage create pool btrfs size=20GiB || incus storage create pool dir
incus profile device add default root disk pool=pool path=/`;

export const incus: Rival = {
  name: 'incus, security.nesting',
  async prepare(host) {
    await host.serve(['incusd', '--group', 'root'], 'incus admin waitready --timeout 1');
    await host.run('sh', '-ec', makePool);
    await host.run('sh', '-ec', buildImage);
    // The first one unpacks the image into the pool.
    await host.run('incus', 'create', image, 'first');
    await host.run('incus', 'delete', 'first');
  },
  create: (host, id) =>
    host.run(
      'incus',
      'launch',
      image,
      id,
      '--config',
      'security.nesting=true',
      '--config',
      `raw.lxc=lxc.init.cmd=${machineInit.join(' ')}`,
    ),
  exec: (id) => ['incus', 'exec', id, '--'],
  remove: (id) => ['incus', 'delete', '--force', id],
};
