import { PassThrough, pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { CodedError } from '../../protocol/errors.ts';
import { fileTransferLimits } from '../../protocol/file-transfer.ts';
import type { UploadAnswer } from '../../protocol/file-transfer.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { scriptExit, uploadScript } from './scripts.ts';
import { Complaint, StallWatch, judgeExit } from './transfer.ts';

export interface UploadOptions {
  client: SandboxClient;
  sandboxId: string;
  /** Absolute, in the machine. */
  directory: string;
  name: string;
  replace: boolean;
  /** As announced; fewer or more is no upload. */
  bytes: number;
  content: Readable;
  /** The portal stops. */
  stopping: AbortSignal;
  stallMs?: number;
}

/** Resolves when the file is there, whole. Throws FILE_MISSING, FILE_EXISTS, SANDBOX_DISK_FULL, TRANSFER_FAILED. */
export async function upload(options: UploadOptions): Promise<UploadAnswer> {
  const { client, sandboxId, directory, name, replace, bytes, content } = options;
  const path = `${directory.replace(/\/+$/, '')}/${name}`;
  using stall = new StallWatch(options.stallMs);
  // A browser that leaves ends the input, and the script then finds the file too short and removes it.
  const input = new PassThrough();
  content.on('data', () => stall.moved());
  pipeline(content, input, () => input.end());
  const complaint = new Complaint();
  try {
    const exit = await client.feed(
      sandboxId,
      {
        argv: ['/bin/sh', '-c', uploadScript, 'upload', directory, name, `${bytes}`, replace ? '1' : '0'],
        timeoutMs: fileTransferLimits.totalMs,
      },
      { input, onStderr: complaint.take, signal: AbortSignal.any([stall.signal, options.stopping]) },
    );
    if (exit.exitCode === scriptExit.incomplete && !complaint.isAboutSpace) {
      throw new CodedError(
        'TRANSFER_FAILED',
        `${JSON.stringify(path)} came incomplete; expected ${bytes} bytes`,
      );
    }
    judgeExit(path, exit, complaint);
  } catch (error) {
    if (!stall.signal.aborted) throw error;
    throw new CodedError('TRANSFER_FAILED', `no byte of ${JSON.stringify(path)} came for too long`);
  }
  return { path, bytes };
}
