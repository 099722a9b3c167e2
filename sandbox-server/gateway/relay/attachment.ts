/** What the relay holds of one sandbox: its listening sockets, and what goes through them. */
import { Socket as UdpSocket } from 'node:dgram';
import { connect, Server, type Socket } from 'node:net';
import type { EgressLimits } from '../egress/account.ts';
import type { Egress, SandboxEgress } from '../egress/egress.ts';
import type { EgressListener } from '../egress/passage.ts';
import { answerQuery, type NameOptions } from './names.ts';

/** Few enough that no small group of learners can take all of the registry's or this process's own. */
const maxRegistryConnections = 64;

export interface AttachmentOptions {
  egress: Egress;
  limits: EgressLimits;
  listener: EgressListener;
  names: NameOptions;
  registrySocket: string;
}

export class Attachment {
  readonly #options: AttachmentOptions;
  readonly #egress: SandboxEgress;
  readonly #handles: (UdpSocket | Server)[] = [];
  readonly #connections = new Set<Socket>();
  #registryConnections = 0;

  constructor(options: AttachmentOptions) {
    this.#options = options;
    this.#egress = options.egress.open(options);
  }

  addDns(socket: UdpSocket): void {
    this.#handles.push(socket);
    socket.on('message', (datagram, peer) => {
      const answer = answerQuery(datagram, this.#options.names);
      // A raw socket inside can send from port 0, to which Node refuses, by an exception, to answer.
      if (answer !== null && peer.port !== 0) socket.send(answer, peer.port, peer.address);
    });
    socket.on('error', () => undefined);
  }

  addRegistry(server: Server): void {
    this.#add(server, (near) => this.#forward(near));
  }

  addEgress(server: Server, port: number): void {
    this.#add(server, (near) => this.#egress.take(near, port));
  }

  #add(server: Server, take: (near: Socket) => void): void {
    this.#handles.push(server);
    server.on('connection', (near: Socket) => {
      this.#connections.add(near);
      near.once('close', () => this.#connections.delete(near));
      near.allowHalfOpen = true;
      take(near);
    });
    // Out of descriptors for the moment: that connection is lost, the listener is not.
    server.on('error', () => undefined);
  }

  #forward(near: Socket): void {
    if (this.#registryConnections >= maxRegistryConnections) {
      near.destroy();
      return;
    }
    this.#registryConnections += 1;
    const far = connect({ path: this.#options.registrySocket, allowHalfOpen: true });
    // Either end failing ends the other: there is nobody here to explain it to.
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.once('close', () => {
      this.#registryConnections -= 1;
      far.destroy();
    });
    near.pipe(far);
    far.pipe(near);
  }

  close(): void {
    for (const handle of this.#handles) handle.close();
    for (const connection of this.#connections) connection.destroy();
    this.#egress.close();
  }
}
