import type { Check } from '../check.ts';
import { FileLock } from '../../file-lock.ts';
import { findPortOwner, portState } from '../../port-owner.ts';
import type { PortOwner } from '../../port-owner.ts';
import { readRecord } from '../../supervisor/record.ts';

export interface PortFacts {
  host: string;
  port: number;
  state: Awaited<ReturnType<typeof portState>>;
  owner: PortOwner | null;
  /** This very course listens there. */
  ours: boolean;
}

export const portCheck: Check<PortFacts> = {
  name: 'port',
  needed: 'an address nobody else listens at',
  async look({ layout, host, port }) {
    const state = await portState({ host, port });
    const owner = state === 'taken' ? findPortOwner(port) : null;
    const record = FileLock.isLocked(layout.lockFile) ? readRecord(layout) : null;
    const ours = record?.phase === 'running' && record.address?.port === port;
    return { host, port, state, owner, ours };
  },
  judge({ host, port, state, owner, ours }) {
    const address = `${host}:${port}`;
    if (state === 'free') return { status: 'ok', found: `${address} is free` };
    if (ours) return { status: 'ok', found: `${address} is this course's own` };
    if (state === 'denied') {
      return {
        status: 'fail',
        found: `${address} may only be used by root`,
        mend: '--port 8080, or use sudo',
      };
    }
    if (state === 'no-such-address') {
      return { status: 'fail', found: `${host} is no address of this computer`, mend: '--host 127.0.0.1' };
    }
    const by = owner ? ` by process ${owner.pid}: ${owner.commandLine}` : '';
    const mend = `Choose another port: --port ${port + 1}${owner ? `, or end that process: kill ${owner.pid}` : ''}`;
    return { status: 'fail', found: `${address} is taken${by}`, mend };
  },
};
