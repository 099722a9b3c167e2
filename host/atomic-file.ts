import { chownSync, renameSync, writeFileSync } from 'node:fs';

export interface AtomicWriteOptions {
  mode: number;
  /** The file stays root's. */
  gid?: number;
}

/** Readers see the old contents or the new, never half, also after a power cut: written beside it, flushed, then renamed. */
export function writeJsonAtomically(file: string, value: unknown, options: AtomicWriteOptions): void {
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, `${JSON.stringify(value)}\n`, { mode: options.mode, flush: true });
  if (options.gid !== undefined) chownSync(temporary, 0, options.gid);
  renameSync(temporary, file);
}
