/**
 * Files into and out of a learner's machine. Everything happens inside it, as its root: no path is ever opened on the host.
 *
 * | request | answer |
 * | --- | --- |
 * | `PUT /api/files?directory=/root&name=notes.txt[&replace=1]`, the bytes as body | 201 `UploadAnswer` |
 * | `PUT /api/files?terminal=ID&name=notes.txt[&replace=1]` | the same, into that terminal's working directory |
 * | `GET /api/files?path=/root/notes.txt` | 200, the bytes, as an attachment |
 * | `GET /api/files?terminal=ID&path=notes.txt` | the same, from that terminal's working directory on |
 *
 * An upload needs a `Content-Length` and is there whole or not at all: it is written beside its place and then moved.
 * FILE_EXISTS without `replace`; FILE_MISSING for a directory that is not there; FILE_TOO_LARGE; SANDBOX_DISK_FULL. A
 * download of anything but a regular file is FILE_REFUSED. TOO_MANY beyond `transfersPerLearner` at once.
 */
import { z } from 'zod';
import { terminalIdSchema } from './ids.ts';

export const fileTransferLimits = {
  maxUploadBytes: 256 * 1024 * 1024,
  maxDownloadBytes: 256 * 1024 * 1024,
  transfersPerLearner: 2,
  /** Without a byte moving for so long a transfer is given up. */
  stallMs: 30_000,
  /** However fast it moves. */
  totalMs: 15 * 60_000,
} as const;

const withoutNul = (text: string): boolean => !text.includes('\0');
const absolutePathSchema = z
  .string()
  .startsWith('/', 'expected an absolute path')
  .max(4096)
  .refine(withoutNul, 'expected a path without NUL');

/** The last part of a path, as Linux takes it. */
export const fileNameSchema = z
  .string()
  .min(1)
  .refine((name) => Buffer.byteLength(name) <= 255, 'expected at most 255 bytes')
  .refine((name) => !/[/\0]/.test(name) && name !== '.' && name !== '..', 'expected a file name, not a path');

export const uploadQuerySchema = z
  .strictObject({
    directory: absolutePathSchema.optional(),
    terminal: terminalIdSchema.optional(),
    name: fileNameSchema,
    replace: z.literal('1').optional(),
  })
  .refine(
    ({ directory, terminal }) => (directory === undefined) !== (terminal === undefined),
    'expected either `directory` or `terminal`',
  );

export const downloadQuerySchema = z
  .strictObject({
    path: z.string().min(1).max(4096).refine(withoutNul, 'expected a path without NUL'),
    terminal: terminalIdSchema.optional(),
  })
  .refine(
    ({ path, terminal }) => path.startsWith('/') || terminal !== undefined,
    'expected an absolute path, or `terminal` to start from',
  );

export interface UploadAnswer {
  /** Where it is now, absolute. */
  path: string;
  bytes: number;
}
