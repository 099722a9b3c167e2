import { pageLocale, say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { makeElement } from '../page/element.ts';
import { browserClock, currentTransport } from './browser-ports.ts';
import { chords } from './chords.ts';
import { describeStatus, gradeLatency, type ConnectionStatus } from './connection-status.ts';

const tones: Record<ConnectionStatus['kind'], string> = {
  connecting: 'busy',
  live: 'good',
  waiting: 'bad',
  paused: 'off',
  exited: 'off',
  closed: 'bad',
};

/** Where it is not the usual one, the way of the bytes is said, and leads to the page that says why. */
const ways = { websocket: null, stream: say`over a stream`, poll: say`over short requests` };
const networkPage = pageLocale === undefined ? '/network/' : `/${pageLocale}/network/`;

/** The line under the terminal: the connection's state in words, its latency, and how to leave by keyboard. */
export class StatusLine {
  readonly element: HTMLElement;
  readonly #lamp = makeElement('span', { class: 'lamp' });
  readonly #latency = makeElement('span', { class: 'latency' });
  readonly #network = makeElement('a', { attributes: { href: networkPage, target: '_blank' } });
  #countdown: ReturnType<typeof setInterval> | undefined;
  #lastKind: ConnectionStatus['kind'] | null = null;

  constructor() {
    const keys = makeElement(
      'span',
      { class: 'hint-keys' },
      makeElement('kbd', {}, chords.leave.keys),
      say` to the lesson and back`,
    );
    this.element = makeElement(
      'div',
      { class: 'panel-status' },
      this.#lamp,
      this.#latency,
      this.#network,
      keys,
    );
  }

  /** `null`: there is no terminal to speak of. */
  show(status: ConnectionStatus | null): void {
    clearInterval(this.#countdown);
    this.#lamp.hidden = status === null;
    this.#latency.hidden = status?.kind !== 'live' || status.latencyMs === null;
    const network = describeNetwork(status);
    this.#network.hidden = network === null;
    this.#network.textContent = network;
    if (status === null) return;
    this.#lamp.dataset.tone = tones[status.kind];
    const write = (): void => {
      this.#lamp.textContent = describeStatus(status, browserClock.nowMs());
    };
    write();
    if (status.kind === 'waiting') this.#countdown = setInterval(write, 500);
    if (status.kind === 'live' && status.latencyMs !== null) {
      this.#latency.textContent = say`${status.latencyMs} ms`;
      this.#latency.dataset.grade = gradeLatency(status.latencyMs);
      this.#latency.title = say`There and back between this page and the course`;
    }
    this.#announceChange(status);
  }

  #announceChange(status: ConnectionStatus): void {
    const before = this.#lastKind;
    if (status.kind === 'connecting' || status.kind === before) return;
    this.#lastKind = status.kind;
    if (status.kind === 'live' && before === null) return;
    announce(
      status.kind === 'live' ? say`Terminal connected.` : describeStatus(status, browserClock.nowMs()),
    );
  }
}

function describeNetwork(status: ConnectionStatus | null): string | null {
  if (status?.kind === 'live') return ways[currentTransport()];
  return status?.kind === 'waiting' ? say`Check the network` : null;
}
