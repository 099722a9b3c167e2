import { CodedError } from '../../protocol/errors.ts';
import type { Sandbox } from './sandbox.ts';

/** All at once, each to its end whatever becomes of the others. Rejects where one could not. */
export async function endAll({
  stopped,
  destroyed,
}: {
  /** They keep their disks. */
  stopped: Sandbox[];
  destroyed: Sandbox[];
}): Promise<void> {
  const ends = await Promise.allSettled([
    ...stopped.map((sandbox) => sandbox.stop()),
    ...destroyed.map((sandbox) => sandbox.destroy()),
  ]);
  const faults = ends.filter((end) => end.status === 'rejected').map((end) => end.reason as Error);
  if (faults.length === 0) return;
  const found = faults.map(({ message }) => message).join('; ');
  throw new CodedError('INTERNAL', `${faults.length} sandboxes could not be stopped: ${found}`);
}
