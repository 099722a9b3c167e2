/** Real commands that bring a machine into a state for every kind of check. */
/** A bash script; it ends when everything is up. */
export const state = `
set -e
docker pull -q busybox; docker pull -q nginx
mkdir -p /root/box/bin /root/shop /root/build; touch /root/box/bin/sh; ln -s bin /root/box/link
docker network create --internal --label tier=back lab
docker volume create --label keep=yes data
docker run -d --name web -p 127.0.0.1:8080:80 -e COLOR=red -v data:/data:ro -v /srv:/srv --tmpfs /run:ro \\
  --network lab -m 64m --cpus 0.5 --pids-limit 50 --cap-drop ALL --cap-add CHOWN --user 1000:1000 \\
  --restart on-failure --label tier=front --health-cmd true --health-interval 4s --read-only -w /tmp \\
  --security-opt no-new-privileges busybox sleep 1000
docker run -d --name wrong-way -p 80:8080 busybox sleep 1001
docker run -d --name unconfined --security-opt seccomp=unconfined busybox sleep 1002
docker run -d --name sidecar --pid container:web --network container:web busybox sleep 1003
docker run --name over busybox sh -c 'exit 3' || true
printf 'FROM nginx\\nRUN echo hi > /hi\\nENV A=b\\nLABEL made=here\\nWORKDIR /w\\nEXPOSE 81\\nUSER 5\\nCMD ["sh"]\\n' > /root/build/Dockerfile
docker build -q -t mine /root/build
cat > /root/shop/compose.yaml <<'FILE'
services:
  web: { image: busybox, command: sleep 1000, healthcheck: { test: "true", interval: 4s } }
  db: { image: busybox, command: sleep 1000, deploy: { replicas: 2 }, volumes: ['store:/s'] }
  brief: { image: busybox, command: "true" }
volumes: { store: {} }
FILE
cd /root/shop; docker compose up -d --wait web db; docker compose up -d brief; docker compose wait brief || true
until [ "$(docker inspect -f '{{.State.Health.Status}}' web)" = healthy ]; do sleep 0.2; done
`;
