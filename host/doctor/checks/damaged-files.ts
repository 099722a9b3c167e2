import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from '../../layout.ts';
import type { Check } from '../check.ts';

interface KeptFiles {
  /** Paths of what was damaged and is kept. */
  kept: string[];
}

/** Names that the course gives to what it keeps so; docs/operating.md has them. */
const damaged = /\.(damaged|unreadable)(-|$)/;

export const damagedFilesCheck: Check<KeptFiles> = {
  name: 'damaged files',
  needed: 'none kept aside',
  needsRoot: true,
  look: async ({ layout }) => ({ kept: keptFiles(layout) }),
  judge({ kept }) {
    if (kept.length === 0) return { status: 'ok', found: 'none' };
    const shown = kept.slice(0, 5).join(', ');
    const more = kept.length > 5 ? ` and ${kept.length - 5} more` : '';
    return {
      status: 'warn',
      found: `${kept.length} were damaged, and are kept: ${shown}${more}`,
      mend: 'what each was, and how to get at what is in it: docs/operating.md, "Damaged files". When you need them no more, remove them',
    };
  },
};

function keptFiles({ dataDir, portalDir, sandboxesDir }: Layout): string[] {
  const checkpoints = namesIn(sandboxesDir).map((name) => path.join(sandboxesDir, name, 'checkpoints'));
  return [dataDir, portalDir, sandboxesDir, ...checkpoints].flatMap((directory) =>
    namesIn(directory)
      .filter((name) => damaged.test(name))
      .map((name) => path.join(directory, name)),
  );
}

function namesIn(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).toSorted() : [];
}
