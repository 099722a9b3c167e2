import type { CapacityView } from '../../protocol/sandbox-api.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { judgeCapacity, type CapacityJudgement } from '../capacity/judge.ts';
import { readKernelFacts, type KernelFacts } from '../capacity/kernel-facts.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { layoutFrom } from '../option-value.ts';
import { accessAny } from '../sandbox-server-access.ts';
import { table } from '../table.ts';

export const command = defineCommand({
  summary: 'say how many learners this computer carries, and what bounds it',
  usage: '[--data DIR] [--json]',
  options: { ...dataOption, ...jsonOption },
  details: `
Measured on machines that run: those of the running course, else one made for it and taken away again, for which
what machines are made of is built the first time. The numbers are of now: what else runs here counts. “At work” is a
learner with some shells and containers, “idle” a machine with Docker up.`,
  needsRoot: true,
  async run({ values }, { signal }) {
    await using access = await accessAny(layoutFrom(values), signal);
    const view = await measure(access.client);
    const kernel = readKernelFacts();
    const judged = judgeCapacity(view, kernel);
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ ...judged, measured: view, kernel })}\n`
        : words(judged, view, kernel),
    );
    return exitCodes.ok;
  },
});

/** With the cost of a real machine. */
async function measure(client: SandboxClient): Promise<CapacityView> {
  const view = await client.capacity();
  if (view.footprint !== null) return view;
  const { id } = await client.create({});
  try {
    await client.view(id, { docker: 'wait' });
    return await client.capacity();
  } finally {
    await client.destroy(id);
  }
}

function words(judged: CapacityJudgement, view: CapacityView, { cores }: KernelFacts): string {
  const { learners, idle, bound, resources } = judged;
  const { running, warm, stopped, footprint } = view;
  const rows = resources
    .toSorted((a, b) => a.learners - b.learners)
    .map((one) => [one.name, String(one.learners), String(one.idle), one.why]);
  const each = learners === 0 ? 0 : Math.floor((cores * 100) / learners);
  return `This computer carries ${learners} learners at work, ${idle} idle. First to run out: ${bound.name}.
To carry more: ${bound.mend}.

${table([['', 'at work', 'idle', 'why'], ...rows])}
CPU is shared by weight, so it bounds no number: with ${learners} at work at once each has ${each} % of a core at least.
Now: ${running} run, ${warm} ready, ${stopped} stopped. Measured on ${footprint?.sampled ?? 0}.
`;
}
