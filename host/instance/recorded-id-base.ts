/** Which block of ids an instance has had: what its disks' files belong to. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';
import type { Layout } from '../layout.ts';
import { keepDamaged, readJson } from './damaged-file.ts';
import { blockOf } from './id-base.ts';

/**
 * By the instance's own file; where that is damaged or gone, by what the sandbox-server wrote down beside each disk. Null
 * where neither says: then no disk is there that could be used. A damaged file is kept aside, with `onDamage` told of it.
 */
export function recordedIdBase(layout: Layout, onDamage: (message: string) => void): number | null {
  const { instanceFile } = layout;
  try {
    const recorded = readJson(instanceFile, z.strictObject({ idBase: z.int() }), '');
    if (recorded !== null) return recorded.idBase;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const kept = keepDamaged(instanceFile);
    onDamage(
      `${error.code}: ${error.message} It is kept as ${kept}, and written anew by what the machines' files say.`,
    );
  }
  return blockOfDisks(layout.sandboxesDir);
}

/** Enough of what the sandbox-server keeps of a machine; it checks the rest itself. */
const sandboxSchema = z.object({ firstHostId: z.int() });

function blockOfDisks(sandboxesDir: string): number | null {
  if (!existsSync(sandboxesDir)) return null;
  const blocks = new Set<number>();
  for (const name of readdirSync(sandboxesDir)) {
    const id = firstHostIdIn(path.join(sandboxesDir, name));
    if (id !== null) blocks.add(blockOf(id));
  }
  if (blocks.size > 1) {
    const found = `the machines in ${sandboxesDir} have user ids of ${blocks.size} blocks (${[...blocks].join(', ')}), where one was expected`;
    throw new CodedError('STATE_DAMAGED', `${found}. Move those of one block to another data directory`);
  }
  return [...blocks][0] ?? null;
}

function firstHostIdIn(directory: string): number | null {
  for (const name of ['sandbox.json', 'sandbox.json.copy']) {
    try {
      return sandboxSchema.parse(JSON.parse(readFileSync(path.join(directory, name), 'utf8'))).firstHostId;
    } catch {
      // Absent or damaged: the sandbox-server says so when it comes to it.
    }
  }
  return null;
}
