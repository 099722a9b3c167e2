/**
 * `npm run test:escape`: the suite. With `--knobs` every wall is taken down in turn, to see the cases fail that it is
 * there for, and the table in docs/security.md is written; names of knobs after it turn only those. What failed is kept in
 * `knobs/shown.json`, since all of them take a quarter of an hour.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { knobs } from './knobs/knobs.ts';
import { byCase, recall, remember, unshown, writeTable } from './knobs/table.ts';
import { turn } from './knobs/turn.ts';

async function runSuite(): Promise<number> {
  const program = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'real', 'tests/escape'];
  const child = spawn(process.execPath, program, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

async function turnKnobs(names: readonly string[]): Promise<number> {
  const chosen = names.length === 0 ? knobs : knobs.filter(({ name }) => names.includes(name));
  for (const knob of chosen) {
    const faults = await turn(knob);
    process.stdout.write(`${knob.name}: ${[...faults.keys()].join(' ') || 'nothing fails'}\n`);
    if (names.length > 0)
      for (const [id, fault] of faults) process.stdout.write(`  ${id} ${fault.slice(0, 600)}\n`);
    await remember({ ...recall(), [knob.name]: [...faults.keys()] });
  }
  const shown = byCase(recall());
  await writeTable(shown);
  const missing = unshown(shown);
  if (missing.length > 0) process.stdout.write(`No knob shows, and nothing says why: ${missing.join(' ')}\n`);
  return missing.length === 0 ? 0 : 1;
}

const [first, ...rest] = process.argv.slice(2);
process.exitCode = first === '--knobs' ? await turnKnobs(rest) : await runSuite();
