import type { ProcessSeen } from '../machine/process.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';

/** "A process called `sh` is running". */
export function processRunning(process: ProcessSeen): string {
  return say`A process called ${span(process.name)} is running`;
}
