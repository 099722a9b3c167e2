/** Cases of the escape suite in the learner's shell, one check for each topic; the guest is compared before and after. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { runBatch } from '../../escape/batch.ts';
import { faultOf, type EscapeCase } from '../../escape/escape-case.ts';
import { lookAtHost } from '../../escape/host-canary.ts';
import { World } from '../../escape/world.ts';
import { client, theSandbox } from './server.ts';

/** By emulation a case that takes a second elsewhere may take half a minute. */
const secondsPerCase = 180;

export function checkNoEscape(topics: Record<string, readonly EscapeCase[]>): void {
  let world: World | undefined;
  after(() => world?.[Symbol.asyncDispose]());

  for (const [topic, cases] of Object.entries(topics))
    test(`no escape: ${topic}`, async () => {
      world ??= await World.make();
      const options = { world, treePath: '/machine/tree' };
      const before = lookAtHost(options);
      const sandbox = await theSandbox();
      const place = 'shell';
      const outputs = await runBatch(cases, { server: { client }, sandbox, world, place, secondsPerCase });
      const faults = cases.flatMap((one) => {
        const output = outputs.get(one.id);
        const fault = output === undefined ? 'it gave no answer' : faultOf(one, place, output);
        return fault === null ? [] : [`${one.id} ${one.name}: ${fault}`];
      });
      assert.deepEqual(faults, []);
      assert.deepEqual(lookAtHost(options), before);
    });
}
