/** Asking what runs in a sandbox to end by itself, before it is ended. */
import type { SandboxEngine } from '../engine.ts';

/** dockerd passes its SIGTERM on to the containers; then everything else gets one. What takes longer is killed. */
const dockerGraceMs = 5_000;
const graceMs = dockerGraceMs + 2_000;

/**
 * PID 1's own script is spared: the whole machine would end with it, at once. Nothing here is trusted, it only asks:
 * whatever the learner made of these programs, the time is bounded and the end comes from outside.
 */
const script = `exec 2>/dev/null
docker=$(cat /run/docker.pid) && kill "$docker" && for try in $(seq ${dockerGraceMs / 50}); do
  kill -0 "$docker" || break
  sleep 0.05
done
init=$(pgrep -of /usr/lib/chrootcamp/init)
for try in $(seq 30); do
  left=
  for one in /proc/[0-9]*; do
    case \${one#/proc/} in 1 | $$ | "$init") ;; *) left="$left \${one#/proc/}" ;; esac
  done
  [ -n "$left" ] || break
  [ "$try" -gt 1 ] || kill $left
  sleep 0.05
done`;

/** Resolves when nothing is left but PID 1, or the time is up. Never rejects: the end comes all the same. */
export async function endGently(engine: SandboxEngine, id: string): Promise<void> {
  const nothing = () => undefined;
  try {
    const request = { argv: ['/bin/sh', '-c', script], timeoutMs: graceMs };
    await engine.exec(id, request, { onStdout: nothing, onStderr: nothing });
  } catch {
    // It ended meanwhile, or is in no state to be asked.
  }
}
