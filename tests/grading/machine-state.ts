/** Real commands for the kinds that look at the machine itself, and at what answers in it. */
import { readFileSync } from 'node:fs';
import type { RunningSandboxServer } from '../running-sandbox-server.ts';

/** A bash script; it ends when everything is up. The same on v1 and v2. */
export const machineState = `
set -e
quiet() { setsid "$@" >/dev/null 2>&1 </dev/null & }
for root in /sys/fs/cgroup/memory /sys/fs/cgroup/pids /sys/fs/cgroup; do
  [ -e $root/cgroup.procs ] && mkdir -p $root/demo
done
memory=$(ls -d /sys/fs/cgroup/memory/demo 2>/dev/null || echo /sys/fs/cgroup/demo)
pids=$(ls -d /sys/fs/cgroup/pids/demo 2>/dev/null || echo /sys/fs/cgroup/demo)
echo 33554432 > $(ls $memory/memory.max $memory/memory.limit_in_bytes 2>/dev/null)
echo 20 > $pids/pids.max
(for dir in $memory $pids; do echo $BASHPID > $dir/cgroup.procs; done; exec setsid sleep 3001 >/dev/null 2>&1 </dev/null) &
mkdir -p /root/o/{low,base,up,work,merged} /root/tmp /srv/data /mnt/data /root/private
mount -t overlay overlay -o lowerdir=/root/o/low:/root/o/base,upperdir=/root/o/up,workdir=/root/o/work /root/o/merged
mount --bind -o ro /srv/data /mnt/data
mount -t tmpfs -o size=1024k,nosuid tmpfs /root/tmp
ip netns add lab
quiet nsenter --net=/run/netns/lab sleep 3002
quiet unshare --uts --net sleep 3003
quiet unshare --mount sh -c 'mount -t tmpfs tmpfs /root/private; exec sleep 3004'
ln -s /etc/hostname /root/link
docker pull -q nginx; docker pull -q busybox
docker run -d --name web -p 8080:80 nginx
docker run -d --name hidden nginx
docker run -d --name wrong-way -p 80:8081 nginx
docker run -d --name quiet-one -p 8082:80 busybox sleep 3005
mkdir -p /root/shop; printf 'services:\\n  web:\\n    image: nginx\\n    ports: ["8090:80"]\\n' > /root/shop/compose.yaml
printf 'services:\\n\\tweb: nginx\\n' > /root/shop/tabs.yaml
cat > /root/registry.json <<'FILE'
{"version":"0.1","storage":{"filesystem":{"rootdirectory":"/root/images"}},"http":{"addr":"127.0.0.1:5000"}}
FILE
quiet /root/docker-registry serve /root/registry.json
quiet socat TCP-LISTEN:5001,fork,reuseaddr 'SYSTEM:echo no http here'
quiet socat TCP-LISTEN:5002,fork,reuseaddr 'SYSTEM:sleep 60'
until curl -sf localhost:5000/v2/ && curl -sf localhost:8080 >/dev/null; do sleep 0.1; done
docker tag busybox localhost:5000/team/tool:1; docker push -q localhost:5000/team/tool:1
docker tag busybox localhost:5000/team/unpushed
until pgrep -f 'sleep 3004' >/dev/null; do sleep 0.1; done
`;

/** The host's own docker-registry, copied in bit by bit: the course has no image of one. */
export async function putRegistry(server: RunningSandboxServer, sandboxId: string): Promise<void> {
  const bytes = readFileSync('/usr/bin/docker-registry');
  const chunkBytes = 720 * 1024;
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const stdin = bytes.subarray(at, at + chunkBytes).toString('base64');
    const command = 'base64 -d >> /root/docker-registry; chmod +x /root/docker-registry';
    await server.client.exec(sandboxId, { argv: ['/bin/bash', '-c', command], stdin });
  }
}
