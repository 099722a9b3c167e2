import { CodedError } from '../../protocol/errors.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { DoctorRow } from './check.ts';

const codes: Record<string, ErrorCode> = { port: 'PORT_TAKEN', disk: 'DISK_TOO_SMALL' };

/** Throws where the course cannot work here, naming for each failed row what was found, what is needed and the mend. */
export function refuseUnsuitable(rows: DoctorRow[]): void {
  const failed = rows.filter((row) => row.status === 'fail');
  if (failed.length === 0) return;
  const code = failed.length === 1 ? (codes[failed[0]!.name] ?? 'HOST_UNSUITABLE') : 'HOST_UNSUITABLE';
  const lines = failed.map(
    ({ name, found, needed, mend }) => `${name}\n  found:  ${found}\n  needed: ${needed}\n  mend:   ${mend}`,
  );
  throw new CodedError(code, lines.join('\n'));
}
