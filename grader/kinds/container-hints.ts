/** What to look at or try next, by what a container lacks: added to the sentence, never in its place. */
import type { ContainerSummary } from '../docker/container.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import type { SeenContainer } from './container-seen.ts';

/** Exit codes that mean the same for every program (Docker's own, and 128 and the signal). */
function exitCodeHint(code: number, name: string): string {
  if (code === 125) return say`125 is Docker's own: it could not run the container as it was asked to.`;
  if (code === 126) return say`126 means that the command was found but cannot be executed.`;
  if (code === 127) return say`127 means that there is no such command in the image.`;
  if (code === 137) return say`137 means that it was killed: by \`docker kill\`, or for want of memory.`;
  if (code === 143) return say`143 means that it was asked to end, as \`docker stop\` does.`;
  return say`${span(say`docker logs ${name}`)} shows what it printed before it ended.`;
}

/** Towards the state that is asked for. */
export function stateHint({ state, exitCode, name }: ContainerSummary, wanted: string): string | undefined {
  if (wanted === 'running') {
    if (state === 'created') {
      return say`A created container waits for \`docker start\`. One that \`docker run\` made could not be started: \`docker inspect\` has the reason under \`Error\`.`;
    }
    if (state === 'exited' && exitCode === 0) {
      return say`Its command was done: a container runs for as long as its first process does.`;
    }
    if (state === 'exited' && exitCode !== null) return exitCodeHint(exitCode, name);
    if (state === 'paused') return say`\`docker unpause\` lets it go on.`;
    if (state === 'restarting')
      return say`It ends again and again: ${span(say`docker logs ${name}`)} shows why.`;
  }
  if (wanted === 'exited' && state === 'created') {
    return say`It was made but never ran. Where \`docker run\` made it, its command could not be started: is it in the image, and spelt so?`;
  }
  if (wanted === 'exited' && state === 'running') {
    return say`It ends when its first process does, or by \`docker stop\`.`;
  }
  return undefined;
}

/** Of one that ended otherwise than asked. */
export function endingHint({ summary, detail }: SeenContainer): string | undefined {
  const code = detail?.exitCode ?? summary.exitCode;
  return code === null || code === 0 ? undefined : exitCodeHint(code, summary.name);
}

/** For settings that Docker cannot change afterwards. A facet's own hint is nearer. */
export function settledWhenMade<T extends SeenContainer>(facets: readonly Facet<T>[]): Facet<T>[] {
  return facets.map((facet) => ({
    ...facet,
    miss: (container) => ({
      hint: say`A container keeps what it was made with: remove this one, and run it anew as asked.`,
      ...facet.miss(container),
    }),
  }));
}

/** Docker reports the removal of a container, not who asked for it. */
export function removedHint(): string {
  return say`One ran and was removed: \`--rm\` does that when it ends, and so does \`docker rm\`.`;
}

export function renameHint(name: string, wanted: string): string {
  return say`${span(say`docker rename ${name} ${wanted}`)} gives it that name.`;
}
