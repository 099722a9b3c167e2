/** What is read of a Killercoda or Katacoda scenario: its `index.json`. Other keys are of their sites, and left alone. */
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';

const pageSchema = z.object({
  title: z.string().optional(),
  text: z.string(),
  verify: z.string().optional(),
  /** Runs unseen. Katacoda calls the intro's `courseData`. */
  background: z.string().optional(),
  courseData: z.string().optional(),
  /** Typed into the terminal. Katacoda calls the intro's `code`. */
  foreground: z.string().optional(),
  code: z.string().optional(),
});
export type ScenarioPage = z.infer<typeof pageSchema>;

const assetSchema = z.object({ file: z.string(), target: z.string(), chmod: z.string().optional() });

const scenarioSchema = z.object({
  title: z.string().min(1),
  description: z.string().default(''),
  time: z.union([z.string(), z.number()]).optional(),
  details: z.object({
    intro: pageSchema.partial({ text: true }).optional(),
    steps: z.array(pageSchema).min(1),
    finish: pageSchema.partial({ text: true }).optional(),
    assets: z.record(z.string(), z.array(assetSchema)).optional(),
  }),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** Throws USAGE for what is no scenario. */
export async function readScenario(dir: string): Promise<Scenario> {
  const file = join(dir, 'index.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CodedError(
      'USAGE',
      `there is no ${file}; expected a scenario's folder, with index.json in it`,
      { cause },
    );
  });
  const parsed = scenarioSchema.safeParse(jsonOf(file, text));
  if (parsed.success) return parsed.data;
  throw new CodedError(
    'USAGE',
    `${file} is no scenario of Killercoda or Katacoda:\n${z.prettifyError(parsed.error)}`,
  );
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodedError('USAGE', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/** A file that the scenario names, as bytes; null where it is not there, or lies outside the scenario's folder. */
export async function readScenarioFile(dir: string, name: string): Promise<Buffer | null> {
  const root = await realpath(dir);
  const path = await realpath(join(root, name)).catch(() => null);
  if (path === null) return null;
  const inside = relative(root, path);
  if (inside.startsWith('..') || isAbsolute(inside)) return null;
  return readFile(path).catch(() => null);
}
