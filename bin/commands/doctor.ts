import type { DoctorRow } from '../../host/doctor/check.ts';
import { examine } from '../../host/doctor/doctor.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { mirrorCheck } from '../mirror-check.ts';
import { doctorContext } from '../preparation.ts';
import { exitCodes } from '../exit-code.ts';
import { addressOptions, addressFrom } from '../address.ts';
import { layoutFrom } from '../option-value.ts';

export const command = defineCommand({
  summary: 'say what this computer offers and lacks, and the mend',
  usage: '[--data DIR] [--host ADDRESS] [--port PORT] [--json]',
  options: { ...dataOption, ...addressOptions, ...jsonOption },
  details: 'Changes nothing. Exits with 1 when something hinders the course.',
  async run({ values }) {
    const layout = layoutFrom(values);
    const rows = await examine(await doctorContext({ layout, ...addressFrom(values) }), [mirrorCheck]);
    process.stdout.write(values.json ? `${JSON.stringify({ checks: rows })}\n` : rows.map(rowText).join(''));
    const failed = rows.filter((row) => row.status === 'fail').length;
    const warned = rows.filter((row) => row.status === 'warn').length;
    if (!values.json) process.stdout.write(`\n${verdict(failed, warned)}\n`);
    return failed > 0 ? exitCodes.failed : exitCodes.ok;
  },
});

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

function rowText({ name, status, found, needed, mend }: DoctorRow): string {
  const line = `${marks[status]}  ${name.padEnd(20)}  ${found}\n`;
  if (status === 'ok') return line;
  const indent = ' '.repeat(28);
  return `${line}${indent}needed: ${needed}\n${indent}mend:   ${mend}\n`;
}

function verdict(failed: number, warned: number): string {
  if (failed > 0) return `${failed} of these hinder the course. Mend them, then: chrootcamp start`;
  return warned > 0 ? `The course can run here; ${warned} could be better.` : 'The course can run here.';
}
