/** Every check of this computer, as a table. Takes well under a second: all look at once. */
import type { Check, DoctorContext, DoctorRow } from './check.ts';
import { runCheck } from './check.ts';
import { capabilitiesCheck } from './checks/capabilities.ts';
import { cgroupsCheck } from './checks/cgroups.ts';
import { damagedFilesCheck } from './checks/damaged-files.ts';
import { debianPackagesCheck } from './checks/debian-packages.ts';
import { diskCheck } from './checks/disk.ts';
import { idmappedMountsCheck } from './checks/idmapped-mounts.ts';
import { instanceCheck } from './checks/instance.ts';
import { ioWeightCheck } from './checks/io-weight.ts';
import { kernelCheck } from './checks/kernel.ts';
import { kernelLimitsCheck } from './checks/kernel-limits.ts';
import { loopDevicesCheck } from './checks/loop-devices.ts';
import { memoryCheck } from './checks/memory.ts';
import { networkNamespacesCheck } from './checks/network-namespaces.ts';
import { nodeCheck } from './checks/node.ts';
import { overlayfsCheck } from './checks/overlayfs.ts';
import { packetFilterCheck } from './checks/packet-filter.ts';
import { portCheck } from './checks/port.ts';
import { rootCheck } from './checks/root.ts';
import { runtimeCheck } from './checks/runtime.ts';
import { unendedMachinesCheck } from './checks/unended-machines.ts';
import { userNamespacesCheck } from './checks/user-namespaces.ts';

const checks: Check<never>[] = [
  rootCheck,
  kernelCheck,
  capabilitiesCheck,
  userNamespacesCheck,
  networkNamespacesCheck,
  overlayfsCheck,
  idmappedMountsCheck,
  loopDevicesCheck,
  packetFilterCheck,
  cgroupsCheck,
  kernelLimitsCheck,
  debianPackagesCheck,
  runtimeCheck,
  nodeCheck,
  diskCheck,
  ioWeightCheck,
  memoryCheck,
  portCheck,
  instanceCheck,
  damagedFilesCheck,
  unendedMachinesCheck,
] as Check<never>[];

/** Rows in a fixed order. `more`: checks that other rooms bring. */
export async function examine(
  context: DoctorContext,
  more: readonly Check<unknown>[] = [],
): Promise<DoctorRow[]> {
  return Promise.all([...checks, ...(more as Check<never>[])].map((check) => runCheck(check, context)));
}
