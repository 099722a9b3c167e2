import { FileLock } from '../../file-lock.ts';
import { readClaims } from '../../instance/claim.ts';
import { readRecord } from '../../supervisor/record.ts';
import type { SupervisorRecord } from '../../supervisor/record.ts';
import type { Check } from '../check.ts';

interface InstanceFacts {
  dataDir: string;
  running: boolean;
  record: SupervisorRecord | null;
  /** Data directories of other courses on this computer. */
  others: string[];
}

export const instanceCheck: Check<InstanceFacts> = {
  name: 'running courses',
  needed: 'one at a time in each data directory',
  look: async ({ layout }) => ({
    dataDir: layout.dataDir,
    running: FileLock.isLocked(layout.lockFile),
    record: readRecord(layout),
    others: readClaims(layout.runtimeRoot, { but: layout.instance }).map((claim) => claim.dataDir),
  }),
  judge({ dataDir, running, record, others }) {
    const beside = others.length > 0 ? `; beside it: ${others.join(', ')}` : '';
    if (running) {
      const where = record
        ? ` at ${record.address?.url ?? 'no address'} (process ${record.supervisor.pid})`
        : '';
      return { status: 'ok', found: `the one in ${dataDir} runs${where}${beside}` };
    }
    if (record) {
      const found = `the one in ${dataDir} was killed (process ${record.supervisor.pid}) and left things behind${beside}`;
      return {
        status: 'warn',
        found,
        mend: 'chrootcamp start goes on with it; chrootcamp stop clears it away',
      };
    }
    return { status: 'ok', found: `none in ${dataDir}${beside}` };
  },
};
