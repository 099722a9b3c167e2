/** What must be there before anything runs: packages, a suitable computer, the built machine. */
import { readRecord } from '../machine/build-record.ts';
import { buildMachine } from '../machine/build.ts';
import type { BuiltMachine } from '../machine/build.ts';
import type { BuildEvent } from '../machine/build-step.ts';
import { packageHosts } from '../machine/package-hosts.ts';
import type { DoctorContext, DoctorRow } from '../host/doctor/check.ts';
import { examine } from '../host/doctor/doctor.ts';
import { refuseUnsuitable } from '../host/doctor/refuse-unsuitable.ts';
import type { Layout } from '../host/layout.ts';
import type { CourseConfig } from '../protocol/course-config.ts';
import type { PackageSources } from '../protocol/package-sources.ts';
import type { RuntimeName } from '../protocol/runtime.ts';
import { elapsedWords } from '../host/progress/step.ts';
import { runSteps } from '../host/progress/run-steps.ts';
import { missingPackages } from '../host/setup/debian-packages.ts';
import type { PackagePurpose } from '../host/setup/debian-packages.ts';
import { installPackages } from '../host/setup/install-packages.ts';
import { readCourseConfig } from './course-config.ts';
import { mirrorCheck } from './mirror-check.ts';

export interface PreparationOptions {
  /** runc where absent. */
  runtime?: RuntimeName;
  signal: AbortSignal;
  /** Where progress is shown: standard output may belong to somebody else. */
  to: 'stdout' | 'stderr';
}

/** Installs what is missing, naming each and why. */
export async function preparePackages(purpose: PackagePurpose, options: PreparationOptions): Promise<void> {
  const { signal, to, runtime } = options;
  const missing = await missingPackages(purpose, runtime);
  if (missing.length === 0) return;
  process[to].write('These Debian packages are missing and will be installed:\n');
  for (const { package: name, why } of missing) process[to].write(`  ${name.padEnd(24)} ${why}\n`);
  const title = `Installing ${missing.length} Debian packages`;
  await runSteps([{ title, run: (context) => installPackages({ packages: missing, ...context }) }], {
    signal,
    to,
  });
}

/** Throws what `refuseUnsuitable` does. `skip`: rows that do not matter to the caller. `config`: another than the data directory's. */
export async function prepareHost(
  address: Pick<DoctorContext, 'layout' | 'host' | 'port'>,
  { skip = [], config }: { skip?: string[]; config?: CourseConfig } = {},
): Promise<DoctorRow[]> {
  const rows = await examine(await doctorContext(address, config), [mirrorCheck]);
  refuseUnsuitable(rows.filter((row) => !skip.includes(row.name)));
  return rows;
}

export async function doctorContext(
  address: Pick<DoctorContext, 'layout' | 'host' | 'port'>,
  config?: CourseConfig,
): Promise<DoctorContext> {
  const machineBuilt = (await readRecord(address.layout.machineDir)) !== null;
  const { runtime, capacity, limits } = config ?? readCourseConfig(address.layout);
  return { ...address, machineBuilt, learners: capacity.most, memoryBytes: limits.memoryBytes, runtime };
}

/** Builds what is missing of the machine, showing each part's beginning and end as plain lines. */
export async function prepareMachine(layout: Layout, options: PreparationOptions): Promise<BuiltMachine> {
  const { signal, to } = options;
  const onStep = (event: BuildEvent) => {
    const words = buildWords(event);
    if (words !== null) process[to].write(`${words}\n`);
  };
  return buildMachine({ machineDir: layout.machineDir, onStep, signal });
}

/** What of mmdebstrap's own words tells a reader where the time goes. */
const telling = /^(downloading|extracting|installing)/;

/** Null for what need not be told. */
export function buildWords({ step, state, detail = '', elapsedMs = 0 }: BuildEvent): string | null {
  if (state === 'started') return `${step} begun`;
  if (state === 'done') return `${step} done in ${elapsedWords(elapsedMs)}`;
  if (state === 'failed') return `${step} ${detail === 'stopped' ? 'ended' : 'failed'}`;
  return state === 'progress' && telling.test(detail) ? `${step}: ${detail}` : null;
}

/** What sandboxes may reach: the package sources of this host, and what the operator adds. */
export async function allSources({ hosts, networks }: PackageSources): Promise<PackageSources> {
  const own = (await packageHosts()).map(({ host, port }) =>
    port === 80 || port === 443 ? host : `${host}:${port}`,
  );
  return { hosts: [...new Set([...own, ...hosts])], networks };
}
