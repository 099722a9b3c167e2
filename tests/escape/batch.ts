/** Many cases in one execution: a start of `docker exec` for each would be most of the time. */
import { readFileSync } from 'node:fs';
import type { RunningSandboxServer } from '../running-sandbox-server.ts';
import type { EscapeCase, Place } from './escape-case.ts';
import type { World } from './world.ts';

const prelude = readFileSync(new URL('prelude.sh', import.meta.url), 'utf8');
const outputBytesPerCase = 20_000;
export const containerOf = { container: 'plain', privileged: 'powerful' } as const;

const word = (text: string) => Buffer.from(text).toString('base64');

/** Each case is a file of its own, run with its output in a file: none can eat another's input or end another. */
function scriptOf(cases: readonly EscapeCase[], world: World, secondsPerCase: number): string {
  const one = ({ id, script }: EscapeCase) => `
echo ${word(`. /tmp/.prelude\n${script}`)} | base64 -d >/tmp/.case
timeout -k 1 ${secondsPerCase} bash /tmp/.case </dev/null >/tmp/.output 2>&1
printf '\\n@%s@%s@\\n' ${world.nonce} '${id}'; head -c ${outputBytesPerCase} /tmp/.output`;
  return `cd /tmp; mkdir -p .bin; cp "$(command -v mount)" "$(command -v umount)" .bin; chmod 755 .bin/*; echo ${word(`${world.variables()}\n${prelude}`)} | base64 -d >/tmp/.prelude\n${cases.map(one).join('\n')}\n`;
}

export interface BatchOptions {
  server: Pick<RunningSandboxServer, 'client'>;
  sandbox: string;
  world: World;
  place: Place;
  /** Half a minute, if not given. */
  secondsPerCase?: number;
}

/** Output of each case, by id. */
export async function runBatch(
  cases: readonly EscapeCase[],
  { server, sandbox, world, place, secondsPerCase = 30 }: BatchOptions,
): Promise<Map<string, string>> {
  const into = place === 'shell' ? ['/bin/bash'] : ['docker', 'exec', '-i', containerOf[place], 'bash'];
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString('latin1'));
  const stdin = scriptOf(cases, world, secondsPerCase);
  const request = { argv: into, stdin, timeoutMs: secondsPerCase * 8_000 };
  await server.client.exec(sandbox, request, { onStdout: collect, onStderr: collect });
  const parts = output.split(new RegExp(`\\n@${world.nonce}@([^@]+)@\\n`));
  const found = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2)
    found.set(parts[index] as string, parts[index + 1] as string);
  return found;
}

/** The two containers in which cases run, beside the learner's shell. */
export async function startContainers(server: RunningSandboxServer, sandbox: string): Promise<void> {
  const image = 'debian:trixie-slim sleep infinity';
  const everything =
    '--privileged --pid=host --net=host --security-opt seccomp=unconfined --cap-add ALL -v /:/host';
  const { output, exitCode } = await server.run(
    sandbox,
    `docker run -d --name ${containerOf.container} ${image} && docker run -d --name ${containerOf.privileged} ${everything} ${image}`,
  );
  if (exitCode !== 0) throw new Error(`the containers did not start:\n${output}`);
}
