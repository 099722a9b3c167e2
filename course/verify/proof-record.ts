import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '../text-file.ts';
import { hashFolder, hashProofCode } from './proof-code.ts';
import type { ProofForm, ProofMemory, Provable } from './proof.ts';

export interface ProofRecordOptions {
  /** Made where it does not exist; holds one file for each exercise or lesson, and form. */
  dir: string;
  repository: string;
  /** Stands for the machine in which scripts run. */
  machine: string;
  /** Without it nothing is recalled; what is proven is kept in any case. */
  resume: boolean;
}

/** What has been proven, on disk: it counts as long as its folder, the code that proves and the machine are the same. */
export async function openProofRecord(options: ProofRecordOptions): Promise<ProofMemory> {
  const { dir, repository, machine, resume } = options;
  const code = await hashProofCode(repository);
  await mkdir(dir, { recursive: true });
  const file = ({ id }: Provable, form: ProofForm): string =>
    join(dir, `${id.replaceAll('/', '.')}.${form}.json`);
  const keyOf = async ({ id, dir: folder }: Provable): Promise<string> => {
    const parts = [id, await hashFolder(folder), code, machine];
    return createHash('sha256').update(parts.join('\0')).digest('hex');
  };
  // What is kept is what was read when the proof began, should the author go on writing meanwhile.
  const keys = new Map<string, string>();
  return {
    async recall(what, form) {
      const key = await keyOf(what);
      if (form !== 'mutations') keys.set(what.id, key);
      if (!resume) return null;
      const kept = parsed(await readTextFile(file(what, form)));
      return kept?.key === key && keys.get(what.id) === key ? (kept.proof as never) : null;
    },
    async keep(what, form, proof) {
      const key = await keyOf(what);
      if (keys.get(what.id) !== key) return;
      const path = file(what, form);
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
