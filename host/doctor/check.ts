/** A question about this computer. Looking and judging are apart, so that judgement can be tested on any computer. */
import type { RuntimeName } from '../../protocol/runtime.ts';
import type { Layout } from '../layout.ts';

export interface DoctorContext {
  layout: Layout;
  host: string;
  port: number;
  /** Machines that the course may carry at once. */
  learners: number;
  /** Of one machine. */
  memoryBytes: number;
  /** What makes the machines. */
  runtime: RuntimeName;
  /** The machine's tree and images are there already. */
  machineBuilt: boolean;
}

export interface DoctorRow {
  name: string;
  status: 'ok' | 'warn' | 'fail';
  /** What this computer has. */
  found: string;
  /** What the course needs. */
  needed: string;
  /** The command or step that mends it; empty where nothing needs to be mended. */
  mend: string;
}

export interface Check<Facts> {
  name: string;
  needed: string;
  /** Only root can look. */
  needsRoot?: boolean;
  look(context: DoctorContext): Promise<Facts>;
  judge(facts: Facts): Judgement;
}

export type Judgement = Omit<DoctorRow, 'name' | 'needed' | 'mend'> & { mend?: string };

/** One row; a look that fails is a row as well. */
export async function runCheck<Facts>(check: Check<Facts>, context: DoctorContext): Promise<DoctorRow> {
  const { name, needed } = check;
  if (check.needsRoot && process.getuid!() !== 0) {
    const mend = 'sudo bin/chrootcamp doctor';
    return { name, status: 'warn', found: 'only root can find this out', needed, mend };
  }
  try {
    return { mend: '', ...check.judge(await check.look(context)), name, needed };
  } catch (error) {
    const found = `it could not be found out: ${(error as Error).message}`;
    return { name, status: 'fail', found, needed, mend: 'Mend what it says, then run: chrootcamp doctor' };
  }
}
