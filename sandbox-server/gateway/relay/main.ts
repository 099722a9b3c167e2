/**
 * The gateway's hands: an unprivileged process that answers names, carries bytes between sandboxes and the registry, and
 * is their egress proxy. The sockets it listens on live in the sandboxes' gateway namespaces; the sandbox-server made
 * them and sends them here. It gives up root before it takes the first.
 */
import { Socket as UdpSocket } from 'node:dgram';
import { flushCompileCache } from 'node:module';
import { Server } from 'node:net';
import { Egress } from '../egress/egress.ts';
import type { EgressLimits } from '../egress/account.ts';
import { Attachment } from './attachment.ts';
import type { RelayMessage, RelayOptions, RelayReport } from './messages.ts';
import { RefusalTally } from './refusal-tally.ts';

const options = JSON.parse(process.argv[2] ?? '') as RelayOptions;
// While it may still write there; see the environment that its process was given.
flushCompileCache();
process.setgroups?.([]);
process.setgid?.(options.gid);
process.setuid?.(options.uid);

const egress = new Egress(options.egress);
const names = { names: egress.hosts.names, address: options.gatewayAddress };

function report(message: RelayReport): void {
  // With nobody left to tell, this process is about to end.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

type AttachMessage = Extract<RelayMessage, { type: 'attach' }>;

interface Attached {
  attachment: Attachment;
  tally: RefusalTally;
}

const attached = new Map<string, Attached>();

function attachmentOf(sandboxId: string, limits: EgressLimits): Attachment {
  const known = attached.get(sandboxId);
  if (known !== undefined) return known.attachment;
  const tally = new RefusalTally((refusals) => report({ type: 'refusals', sandboxId, ...refusals }));
  const attachment = new Attachment({
    egress,
    limits,
    names,
    registrySocket: options.registrySocket,
    listener: { onFlow: (flow) => report({ type: 'flow', sandboxId, flow }), onRefusal: tally.add },
  });
  attached.set(sandboxId, { attachment, tally });
  return attachment;
}

function attach({ sandboxId, service, limits }: AttachMessage, handle: unknown): void {
  const { kind, port } = service;
  const attachment = attachmentOf(sandboxId, limits);
  if (kind === 'dns' && handle instanceof UdpSocket) attachment.addDns(handle);
  else if (kind === 'registry' && handle instanceof Server) attachment.addRegistry(handle);
  else if (kind === 'egress' && handle instanceof Server) attachment.addEgress(handle, port);
}

process.on('message', (message: RelayMessage, handle: unknown) => {
  if (message.type === 'attach') return attach(message, handle);
  const gone = attached.get(message.sandboxId);
  gone?.attachment.close();
  gone?.tally.close();
  attached.delete(message.sandboxId);
});
process.on('disconnect', () => process.exit(0));
report({ type: 'ready' });
