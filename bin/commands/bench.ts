import { readdirSync } from 'node:fs';
import path from 'node:path';
import { closest } from '../../course/closest.ts';
import { CodedError } from '../../protocol/errors.ts';
import { repositoryRoot } from '../../host/repository.ts';
import type { Bench, BenchFigure } from '../bench-module.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { figuresTable } from '../figures-table.ts';
import { layoutFrom } from '../option-value.ts';
import { table } from '../table.ts';

const benchDir = path.join(repositoryRoot, 'bench');

export const command = defineCommand({
  summary: 'measure',
  usage: '[NAME...] [--data DIR] [--rivals] [--json]',
  options: {
    ...dataOption,
    rivals: {
      type: 'boolean',
      help: 'fetch docker, podman and incus once, into the data directory, to measure them as well',
    },
    ...jsonOption,
  },
  details: 'Without a name: lists the benchmarks there are, the files of bench/.',
  positionals: { min: 0, max: 50 },
  needsRoot: true,
  async run({ values, positionals }, { signal }) {
    const names = benchNames();
    for (const name of positionals) {
      if (names.includes(name)) continue;
      const near = closest(name, names);
      const hint = near ? `did you mean ${near}?` : `there are: ${names.join(', ')}`;
      throw new CodedError('USAGE', `there is no benchmark ${name}; ${hint}`);
    }
    if (positionals.length === 0) {
      const rows = await Promise.all(names.map(async (name) => [name, (await load(name)).summary]));
      process.stdout.write(
        values.json ? `${JSON.stringify({ benchmarks: rows })}\n` : table([['NAME', 'MEASURES'], ...rows]),
      );
      return exitCodes.ok;
    }
    const results: { name: string; figures: BenchFigure[]; notes: string[] }[] = [];
    for (const name of positionals) {
      const onStep = (words: string) => process.stderr.write(`${name}: ${words}\n`);
      const notes: string[] = [];
      const onNote = (words: string) => void notes.push(words);
      const fetchRivals = values.rivals;
      const context = { layout: layoutFrom(values), onStep, onNote, fetchRivals, signal };
      const figures = await (await load(name)).run(context);
      results.push({ name, figures, notes });
      if (!values.json)
        process.stdout.write(figuresTable(figures) + notes.map((note) => `${note}\n`).join(''));
    }
    if (values.json) process.stdout.write(`${JSON.stringify({ results })}\n`);
    return exitCodes.ok;
  },
});

function benchNames(): string[] {
  const files = readdirSync(benchDir).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return files.map((file) => file.slice(0, -'.ts'.length)).sort();
}

async function load(name: string): Promise<Bench> {
  const { bench } = (await import(path.join(benchDir, `${name}.ts`))) as { bench: Bench };
  return bench;
}
