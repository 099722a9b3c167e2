/**
 * The wire between a sandbox and its gateway: a veth pair from the sandbox's network namespace into a second one of the
 * host's making, with nothing behind it but the gateway's sockets. No forwarding, no route to the host.
 */
import { gatewayAddress, sandboxAddress } from '../../../protocol/machine-network.ts';
import { runCommand } from './command.ts';
import { createNetworkNamespace } from './kernel/network-namespace.ts';

/** Docker's bridges inside: answers to its containers go back through the sandbox. */
const containerNetworks = '172.16.0.0/12';

function inNamespace(path: string, batch: string[]): Promise<string> {
  return runCommand('nsenter', [`--net=${path}`, 'ip', '-batch', '-'], { input: `${batch.join('\n')}\n` });
}

export function createGatewayNamespace(path: string): void {
  createNetworkNamespace(path);
}

/** Before PID 1 of the sandbox runs its first instruction, so it finds its network as it will be. */
export async function wire({
  initPid,
  gatewayNamespace,
}: {
  initPid: number;
  gatewayNamespace: string;
}): Promise<void> {
  await inNamespace(gatewayNamespace, [
    `link add gw0 type veth peer name eth0 netns ${initPid}`,
    `address add ${gatewayAddress}/30 dev gw0`,
    'link set lo up',
    'link set gw0 up',
    `route add ${containerNetworks} via ${sandboxAddress}`,
  ]);
  await inNamespace(`/proc/${initPid}/ns/net`, [
    'link set lo up',
    `address add ${sandboxAddress}/30 dev eth0`,
    'link set eth0 up',
    `route add default via ${gatewayAddress}`,
  ]);
}

/** `network: none`: loopback and nothing else. */
export async function wireLoopback(initPid: number): Promise<void> {
  await inNamespace(`/proc/${initPid}/ns/net`, ['link set lo up']);
}
