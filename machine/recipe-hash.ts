import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Raised by hand when the same recipe gives another result, for a reason outside the hashed files. */
const formatVersion = 1;

export interface Recipe {
  /** Files, and folders with all in them. Names and execute bits count; tests and READMEs do not. */
  paths: readonly string[];
  /** Other things the result depends on. */
  inputs: readonly string[];
}

/** 16 hex digits that change when the result of the recipe may change. */
export async function hashRecipe(recipe: Recipe): Promise<string> {
  const hash = createHash('sha256');
  const add = (part: string | Buffer) => hash.update(`${part.length}:`).update(part);
  add(`format ${formatVersion} ${process.arch}`);
  for (const input of recipe.inputs) add(input);
  for (const root of recipe.paths) {
    for (const path of await recipeFiles(root)) {
      const executable = ((await stat(path)).mode & 0o100) !== 0;
      add(`${relative(dirname(root), path)} ${executable ? 'x' : '-'}`);
      add(await readFile(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function recipeFiles(folder: string): Promise<string[]> {
  if ((await stat(folder)).isFile()) return [folder];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/(?:\.test\.ts|^README\.md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
