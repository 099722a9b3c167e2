/** What of the course's own state the doctor speaks of: damaged files that are kept, machines that do not end. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { layoutOf, type Layout } from '../../layout.ts';
import type { DoctorContext } from '../check.ts';
import { damagedFilesCheck } from './damaged-files.ts';
import { unendedMachinesCheck } from './unended-machines.ts';

let layout: Layout;
beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  layout = layoutOf(path.join(folder, 'data'), path.join(folder, 'run'));
});

const context = () => ({ layout }) as DoctorContext;

function keep(file: string, text = ''): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

test('a course that has not been started has neither', async () => {
  expect(damagedFilesCheck.judge(await damagedFilesCheck.look(context())).status).toBe('ok');
  expect(unendedMachinesCheck.judge(await unendedMachinesCheck.look(context())).status).toBe('ok');
});

test('each kind of damaged file is named, and nothing else', async () => {
  const { dataDir, portalDir, sandboxesDir } = layout;
  const damaged = [
    path.join(dataDir, 'instance.json.damaged-2026-01-01T00-00-00-000Z'),
    path.join(portalDir, 'chrootcamp.db.damaged-2026-01-01T00-00-00-000Z'),
    path.join(sandboxesDir, 'aaaaaaaaaaaa.unreadable-1795254406337'),
    path.join(sandboxesDir, 'bbbbbbbbbbbb', 'checkpoints', 'cccccccccccc.img.damaged'),
  ];
  const whole = [
    path.join(portalDir, 'chrootcamp.db'),
    path.join(portalDir, 'chrootcamp.db.copy'),
    path.join(sandboxesDir, 'bbbbbbbbbbbb', 'sandbox.json'),
    path.join(sandboxesDir, 'bbbbbbbbbbbb', 'checkpoints', 'dddddddddddd.img'),
  ];
  for (const file of [...damaged, ...whole]) keep(file);
  const facts = await damagedFilesCheck.look(context());
  expect(facts.kept.toSorted()).toEqual(damaged.toSorted());
  const judgement = damagedFilesCheck.judge(facts);
  expect(judgement).toMatchObject({ status: 'warn', mend: expect.stringContaining('docs/operating.md') });
  expect(judgement.found).toContain('4 were damaged');
});

test('a machine that was removed and is held is named; running, stopped and damaged ones are not', async () => {
  const record = (id: string, text: string) => keep(path.join(layout.sandboxesDir, id, 'sandbox.json'), text);
  record('aaaaaaaaaaaa', '{"version":1,"wanted":"gone"}');
  record('bbbbbbbbbbbb', '{"version":1,"wanted":"running"}');
  record('cccccccccccc', '{"version":1,"wanted":"stopped"}');
  record('dddddddddddd', '{"version":1,"wan');
  const facts = await unendedMachinesCheck.look(context());
  expect(facts.ids).toEqual(['aaaaaaaaaaaa']);
  expect(unendedMachinesCheck.judge(facts)).toMatchObject({
    status: 'warn',
    found: expect.stringContaining('aaaaaaaaaaaa'),
    mend: expect.stringContaining('restart this computer'),
  });
});
