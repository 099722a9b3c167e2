import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CourseExercise } from '../course.ts';
import { readTextFile } from '../text-file.ts';
import { hashFolder, hashProofCode } from './proof-code.ts';
import type { ProofForm, ProofMemory } from './proof.ts';

export interface ProofRecordOptions {
  /** Made where it does not exist; holds one file for each exercise and form. */
  dir: string;
  repository: string;
  /** Stands for the machine in which scripts run. */
  machine: string;
  /** Without it nothing is recalled; what is proven is kept in any case. */
  resume: boolean;
}

/** What has been proven, on disk: it counts as long as the exercise, the code that proves and the machine are the same. */
export async function openProofRecord(options: ProofRecordOptions): Promise<ProofMemory> {
  const { dir, repository, machine, resume } = options;
  const code = await hashProofCode(repository);
  await mkdir(dir, { recursive: true });
  const file = ({ id }: CourseExercise, form: ProofForm): string =>
    join(dir, `${id.replaceAll('/', '.')}.${form}.json`);
  const keyOf = async (exercise: CourseExercise): Promise<string> => {
    const parts = [exercise.id, await hashFolder(exercise.dir), code, machine];
    return createHash('sha256').update(parts.join('\0')).digest('hex');
  };
  // What is kept is what was read when the proof began, should the author go on writing meanwhile.
  const keys = new Map<string, string>();
  return {
    async recall(exercise, form) {
      const key = await keyOf(exercise);
      if (form === 'scripts') keys.set(exercise.id, key);
      if (!resume) return null;
      const kept = parsed(await readTextFile(file(exercise, form)));
      return kept?.key === key && keys.get(exercise.id) === key ? (kept.proof as never) : null;
    },
    async keep(exercise, form, proof) {
      const key = await keyOf(exercise);
      if (keys.get(exercise.id) !== key) return;
      const path = file(exercise, form);
      await writeFile(`${path}.new`, JSON.stringify({ key, proof }));
      await rename(`${path}.new`, path);
    },
  };
}

/** A proof fits whoever reads it, because the key holds the code that made it. Null for what is no record. */
function parsed(text: string | null): { key: unknown; proof: unknown } | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'key' in value && 'proof' in value ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
