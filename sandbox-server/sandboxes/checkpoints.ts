/** Takes checkpoints within their bounds: a new one is whole before an old one goes. */
import { CodedError } from '../../protocol/errors.ts';
import type { CheckpointTaken } from '../../protocol/sandbox-api.ts';
import type { CheckpointBounds } from '../../protocol/capacity.ts';
import type { CheckpointFacts, SandboxCheckpoints } from '../engine.ts';
import { randomId } from './id.ts';

export interface TakeCheckpoint {
  checkpoints: Pick<SandboxCheckpoints, 'take' | 'list' | 'drop'>;
  /** Of the sandbox. */
  id: string;
  bounds: CheckpointBounds;
  signal: AbortSignal;
}

export async function takeCheckpoint(options: TakeCheckpoint): Promise<CheckpointTaken> {
  const { checkpoints, id, bounds, signal } = options;
  if (bounds.most === 0) throw new CodedError('CHECKPOINT_FAILED', 'this server is told to keep none');
  const checkpointId = randomId();
  const { frozenMs } = await take({ ...options, checkpointId });
  const kept = await checkpoints.list(id);
  const dropped = beyondBounds(kept, bounds).map((one) => one.id);
  for (const one of dropped) await checkpoints.drop(id, one);
  const taken = kept.find((one) => one.id === checkpointId);
  if (taken !== undefined && !dropped.includes(checkpointId)) return { ...taken, frozenMs, dropped };
  signal.throwIfAborted();
  throw new CodedError(
    'CHECKPOINT_FAILED',
    `the disk takes ${taken?.sizeBytes} bytes, and all checkpoints of a sandbox together may take ${bounds.bytes}; ` +
      'remove images or files in it',
  );
}

async function take({
  checkpoints,
  id,
  bounds,
  checkpointId,
  signal,
}: TakeCheckpoint & { checkpointId: string }) {
  try {
    return await checkpoints.take(id, { checkpointId, maxBytes: bounds.bytes, signal });
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const why = signal.aborted ? 'the sandbox is being ended or replaced' : (error as Error).message;
    throw new CodedError('CHECKPOINT_FAILED', `the disk of ${id} could not be copied: ${why}`, {
      cause: error,
    });
  }
}

/** Those that must go, oldest first; the newest too where it alone is too large. `kept` is oldest first. */
export function beyondBounds(kept: readonly CheckpointFacts[], { most, bytes }: CheckpointBounds) {
  let [count, total] = [kept.length, kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)];
  const newest = kept.at(-1);
  // One that cannot be kept must cost no other.
  if (newest !== undefined && newest.sizeBytes > bytes) return [newest];
  return kept.filter(({ sizeBytes }) => {
    if (count <= most && total <= bytes) return false;
    count -= 1;
    total -= sizeBytes;
    return true;
  });
}
