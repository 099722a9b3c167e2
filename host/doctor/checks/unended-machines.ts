import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Check } from '../check.ts';

interface UnendedMachines {
  ids: string[];
}

const destroyedSchema = z.object({ wanted: z.literal('gone') });

export const unendedMachinesCheck: Check<UnendedMachines> = {
  name: 'machines held',
  needed: 'none that cannot end',
  needsRoot: true,
  look: async ({ layout }) => ({
    ids: namesIn(layout.sandboxesDir).filter((name) => isDestroyed(path.join(layout.sandboxesDir, name))),
  }),
  judge({ ids }) {
    if (ids.length === 0) return { status: 'ok', found: 'none' };
    return {
      status: 'warn',
      found: `${ids.length} were removed, but this kernel holds a process of theirs that waits for a disk or a server: ${ids.join(', ')}`,
      mend: 'they are tried again every minute while the course runs. See what they wait for (ps -eo pid,stat,wchan,args, those with D), mend that, or restart this computer',
    };
  },
};

/** By what the sandbox-server wrote down; where that is damaged the row of damaged files says so. */
function isDestroyed(directory: string): boolean {
  try {
    const text = readFileSync(path.join(directory, 'sandbox.json'), 'utf8');
    return destroyedSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function namesIn(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).toSorted() : [];
}
