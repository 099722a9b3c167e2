import type { FileObservation, Observation } from '../grader/observer.ts';
import type { FileView } from '../protocol/sandbox-looks.ts';

export function observeFile(view: FileView): Observation<FileObservation> {
  const link = view.target !== undefined && { linkTarget: view.target };
  if (view.outcome === 'missing') return { ok: true, value: { exists: false, ...link } };
  if (view.outcome === 'refused') {
    return { ok: false, why: 'unreadable', reason: view.reason ?? 'it cannot be opened' };
  }
  const { type, mode, uid, gid, sizeBytes, entries } = view;
  return {
    ok: true,
    value: {
      exists: true,
      ...link,
      type: type === 'file' || type === 'directory' ? type : 'other',
      ...(mode !== undefined && { mode }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
      ...(sizeBytes !== undefined && { sizeBytes }),
      ...(entries !== undefined && { entries }),
      ...(view.content !== undefined && { text: Buffer.from(view.content, 'base64').toString('utf8') }),
    },
  };
}
