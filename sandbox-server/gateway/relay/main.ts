/**
 * The gateway's hands: an unprivileged process that answers names and carries bytes between sandboxes and the registry
 * or the egress proxy. The sockets it listens on live in the sandboxes' gateway namespaces; the sandbox-server made them
 * and sends them here. It gives up root before it takes the first.
 */
import { Socket as UdpSocket } from 'node:dgram';
import { connect, Server, type Socket } from 'node:net';
import { answerQuery } from './names.ts';
import type { RelayMessage, RelayOptions, RelayService } from './messages.ts';

/** Few enough that no small group of learners can take all of the egress proxy's or this process's own. */
const maxConnectionsPerSandbox = 64;

const options = JSON.parse(process.argv[2] ?? '') as RelayOptions;
process.setgroups?.([]);
process.setgid?.(options.gid);
process.setuid?.(options.uid);

const names = new Set(options.names.map((name) => name.toLowerCase()));

class Attachment {
  readonly #handles: (UdpSocket | Server)[] = [];
  readonly #connections = new Set<Socket>();

  addDns(socket: UdpSocket): void {
    this.#handles.push(socket);
    socket.on('message', (datagram, peer) => {
      const answer = answerQuery(datagram, { names, address: options.gatewayAddress });
      // A raw socket inside can send from port 0, to which Node refuses, by an exception, to answer.
      if (answer !== null && peer.port !== 0) socket.send(answer, peer.port, peer.address);
    });
    socket.on('error', () => undefined);
  }

  addForwarder(server: Server, target: string): void {
    this.#handles.push(server);
    server.on('connection', (near: Socket) => this.#forward(near, target));
    // Out of descriptors for the moment: that connection is lost, the listener is not.
    server.on('error', () => undefined);
  }

  #forward(near: Socket, target: string): void {
    if (this.#connections.size >= maxConnectionsPerSandbox) {
      near.destroy();
      return;
    }
    const far = connect({ path: target, allowHalfOpen: true });
    near.allowHalfOpen = true;
    this.#connections.add(near);
    // Either end failing ends the other: there is nobody here to explain it to.
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => {
      this.#connections.delete(near);
      far.destroy();
    });
    near.pipe(far);
    far.pipe(near);
  }

  close(): void {
    for (const handle of this.#handles) handle.close();
    for (const connection of this.#connections) connection.destroy();
  }
}

const attachments = new Map<string, Attachment>();

function attach(sandboxId: string, service: RelayService, handle: unknown): void {
  const attachment = attachments.get(sandboxId) ?? new Attachment();
  attachments.set(sandboxId, attachment);
  if (service === 'dns' && handle instanceof UdpSocket) attachment.addDns(handle);
  else if (service !== 'dns' && handle instanceof Server)
    attachment.addForwarder(handle, options.sockets[service]);
}

process.on('message', (message: RelayMessage, handle: unknown) => {
  if (message.type === 'attach') attach(message.sandboxId, message.service, handle);
  else {
    attachments.get(message.sandboxId)?.close();
    attachments.delete(message.sandboxId);
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready' });
