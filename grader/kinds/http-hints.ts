/** Why nobody answers, as far as the machine tells it: what a learner would look at next. */
import type { HttpCheck } from '../../protocol/checks/http.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Seen } from '../finding.ts';
import type { HttpLook } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { containerStateIs } from './container-seen.ts';

interface Unanswered {
  place: string;
  why: 'refused' | 'silent' | 'broken';
  look: HttpLook;
  check: HttpCheck;
  round: Round;
}

export async function explainUnanswered(unanswered: Unanswered): Promise<Seen> {
  const { place, why } = unanswered;
  if (why === 'broken') {
    return {
      sentence: say`Something answers at ${place}, but not with HTTP.`,
      observed: say`an answer that is not HTTP`,
      hint: say`Is it the right port? Other services, a database for one, have a language of their own.`,
    };
  }
  if (why === 'silent') {
    return {
      sentence: say`Something takes connections at ${place}, but gives no answer.`,
      observed: say`no answer in time`,
      hint: say`The program behind it may still be starting, or hang: look at what it prints.`,
    };
  }
  const seen: Seen = { sentence: say`Nobody answers at ${place} yet.`, observed: say`connection refused` };
  const hint = await hintFor(unanswered);
  return hint === undefined ? seen : { ...seen, hint };
}

/** The published port tells whether anything is meant to answer there. Without Docker there is nothing to add. */
async function hintFor({ look, check, round }: Unanswered): Promise<string | undefined> {
  if (check.container !== undefined) {
    return say`Container ${span(check.container)} is running, but nothing in it listens on port ${look.port}: look at \`docker logs ${check.container}\`.`;
  }
  const containers = await round.containers();
  if (!containers.ok) return undefined;
  const publishing = containers.value.find((one) => one.ports.some(({ hostPort }) => hostPort === look.port));
  if (publishing !== undefined) {
    const port = publishing.ports.find(({ hostPort }) => hostPort === look.port)?.containerPort ?? 0;
    return say`Port ${look.port} leads to port ${port} of container ${span(publishing.name)}: does a program in it listen on ${port}? \`docker logs\` shows what it says.`;
  }
  const exchanged = containers.value.find((one) =>
    one.ports.some(({ containerPort, hostPort }) => containerPort === look.port && hostPort !== null),
  );
  const at = exchanged?.ports.find(({ containerPort }) => containerPort === look.port)?.hostPort;
  if (exchanged === undefined || at === undefined || at === null) return undefined;
  return say`Port ${look.port} of container ${span(exchanged.name)} is published on port ${at} of your machine, not on ${look.port}. Your machine's port comes first in \`-p\`.`;
}

export function explainUnreached(name: string, container: ContainerSummary | undefined): string {
  if (container === undefined) return say`There is no container called ${span(name)} yet.`;
  if (container.state !== 'running') {
    return say`Container ${span(name)} ${containerStateIs(container)}, so nobody answers there.`;
  }
  return say`Container ${span(name)} has no network address of its own.`;
}
