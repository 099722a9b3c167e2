/** Asking what runs in a sandbox to end by itself, before it is ended. */
import type { SandboxEngine } from '../engine.ts';

/** dockerd passes its SIGTERM on to the containers; what takes longer is killed. */
const dockerGraceMs = 5_000;
/** Then everything else is asked, and has this time, however much of its own Docker needed. */
const otherGraceMs = 2_000;

const endDocker = `exec 2>/dev/null
docker=$(cat /run/docker.pid) && kill "$docker" && while kill -0 "$docker"; do sleep 0.05; done`;

/**
 * PID 1's own script, its child, is spared: the whole machine would end with it, at once. Nothing here is trusted, it only asks:
 * whatever the learner made of these programs, the time is bounded and the end comes from outside.
 */
const endOthers = `exec 2>/dev/null
init=$(pgrep -o -P 1 -f /usr/lib/chrootcamp/init)
asked=
while :; do
  left=
  for one in /proc/[0-9]*; do
    case \${one#/proc/} in 1 | $$ | "$init") ;; *) left="$left \${one#/proc/}" ;; esac
  done
  [ -n "$left" ] || break
  [ -n "$asked" ] || kill $left
  asked=yes
  sleep 0.05
done`;

/** Resolves when nothing is left but PID 1, or the time is up. Never rejects: the end comes all the same. */
export async function endGently(engine: SandboxEngine, id: string): Promise<void> {
  await ask(engine, id, { script: endDocker, timeoutMs: dockerGraceMs });
  await ask(engine, id, { script: endOthers, timeoutMs: otherGraceMs });
}

async function ask(
  engine: SandboxEngine,
  id: string,
  { script, timeoutMs }: { script: string; timeoutMs: number },
): Promise<void> {
  const nothing = () => undefined;
  try {
    const request = { argv: ['/bin/sh', '-c', script], timeoutMs };
    await engine.exec(id, request, { onStdout: nothing, onStderr: nothing });
  } catch {
    // It ended meanwhile, or is in no state to be asked.
  }
}
