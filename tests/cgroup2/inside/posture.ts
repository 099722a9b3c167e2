/** All the kernel says of a process inside, against the golden files that hold elsewhere. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { postureOf } from '../../escape/posture/posture.ts';
import { client, theSandbox } from './server.ts';

const golden = new URL('../../escape/posture/shell/', import.meta.url);

test('the kernel says of a process inside what it says elsewhere', async () => {
  const sandbox = await theSandbox();
  const posture = await postureOf({ server: { client }, sandbox, place: 'shell' });
  assert.ok(posture.size > 9, `${posture.size} sections`);
  for (const [section, text] of posture) {
    const file = new URL(`${section.replaceAll(' ', '-')}.golden.txt`, golden);
    assert.equal(`${text}\n`, readFileSync(file, 'utf8'), section);
  }
});
