/** The connections to terminals that are no sockets, by their tickets. */
import { randomBytes } from 'node:crypto';
import { CodedError } from '../../protocol/errors.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { LearnerTerminals } from './learner-terminals.ts';
import type { SocketCount } from './socket-count.ts';
import { StreamChannel } from './stream-channel.ts';
import { ViewerSocket } from './viewer-socket.ts';

export interface StreamConnectionsOptions {
  terminals: LearnerTerminals;
  count: SocketCount;
  metrics: Metrics;
  /** Told of each input of a learner. */
  onTyped: (learnerId: string) => void;
  log: Log;
}

interface Connection {
  learnerId: string;
  terminalId: string;
  channel: StreamChannel;
}

export class StreamConnections {
  readonly #options: StreamConnectionsOptions;
  readonly #connections = new Map<string, Connection>();

  constructor(options: StreamConnectionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Its ticket. Throws TERMINAL_GONE, and TOO_MANY where the learner has too many open. */
  async open(learnerId: string, terminalId: string): Promise<string> {
    const { terminals, count, metrics, onTyped, log } = this.#options;
    await terminals.find(learnerId, terminalId);
    if (!count.countIn(learnerId) && !(this.#dropGhost(learnerId) && count.countIn(learnerId))) {
      throw new CodedError('TOO_MANY', 'this learner has as many terminal connections as there may be');
    }
    const ticket = randomBytes(16).toString('base64url');
    const channel = new StreamChannel({ onGone: () => this.#connections.delete(ticket) });
    this.#connections.set(ticket, { learnerId, terminalId, channel });
    new ViewerSocket({
      channel,
      findMirror: () => terminals.mirror(learnerId, terminalId),
      onTyped: () => onTyped(learnerId),
      log: log.child({ terminalId }),
    });
    const { onClose } = channel;
    channel.onClose = () => {
      count.countOut(learnerId);
      metrics.terminalCloses.inc({ code: channel.closedWith ?? 0 });
      log.info({ code: channel.closedWith, terminalId }, 'a terminal connection closed');
      onClose();
    };
    return ticket;
  }

  /** The oldest that nobody reads from: most likely of a page that left without a word. False where there is none. */
  #dropGhost(learnerId: string): boolean {
    const ghost = this.#connections
      .values()
      .find(({ learnerId: owner, channel }) => owner === learnerId && channel.isOpen && !channel.isRead);
    ghost?.channel.drop();
    return ghost !== undefined;
  }

  /** Throws CONNECTION_GONE for one that is over, another's, of another terminal, or never was: all the same. */
  find(learnerId: string, terminalId: string, ticket: string): StreamChannel {
    const found = this.#connections.get(ticket);
    if (found?.learnerId === learnerId && found.terminalId === terminalId) return found.channel;
    throw new CodedError('CONNECTION_GONE', 'there is no such connection (any more); make another');
  }

  /** The learner's own, of whatever terminal; null as where `find` throws. */
  findOwn(learnerId: string, ticket: string): StreamChannel | null {
    const found = this.#connections.get(ticket);
    return found?.learnerId === learnerId ? found.channel : null;
  }

  /** Every browser is told to come back to a portal started anew. */
  close(): void {
    for (const { channel } of this.#connections.values()) channel.close(1012);
  }
}
