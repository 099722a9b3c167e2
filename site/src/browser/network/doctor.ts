import { say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { makeElement } from '../page/element.ts';
import { portal } from '../page/portal.ts';
import { diagnose, reportOf, type Diagnosis } from './diagnosis.ts';
import { examine } from './examine.ts';
import type { Findings } from './findings.ts';

const clock = {
  nowMs: () => performance.now(),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** `<camp-network-doctor>`: examines the network between this page and the course, and says it in words. */
export class NetworkDoctor extends HTMLElement {
  #run: AbortController | null = null;

  connectedCallback(): void {
    this.#part('again').addEventListener('click', () => void this.#examine());
    this.#part('copy').addEventListener('click', () => this.#copy());
    void this.#examine();
  }

  disconnectedCallback(): void {
    this.#run?.abort();
  }

  async #examine(): Promise<void> {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    this.dataset.state = 'running';
    this.#part('state').textContent = say`Looking at your network. The first answers take a few seconds.`;
    this.#part('lines').replaceChildren();
    this.#part('report').hidden = true;
    // Makes a session where there is none; whether it can be reached at all is the first thing that is found out.
    await portal.me().catch(() => null);
    let isFirst = true;
    const findings = await examine({
      ports: {
        clock,
        fetch: (path, init) => fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store' }),
        openSocket: (path, subprotocol) => {
          const url = new URL(path, location.href);
          url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
          return new WebSocket(url, subprotocol);
        },
      },
      signal: run.signal,
      onFindings: (found) => {
        if (run.signal.aborted) return;
        const lines = this.#show(found);
        if (isFirst) announce(lines[0]?.sentence ?? '');
        isFirst = false;
        this.#part('state').textContent = say`Watching how long a connection stays open: about a minute.`;
      },
    });
    if (run.signal.aborted) return;
    this.#show(findings);
    this.dataset.state = 'done';
    this.#part('state').textContent = say`Done.`;
    announce(say`The network check is done.`);
  }

  #show(findings: Findings): Diagnosis[] {
    const lines = diagnose(findings);
    this.#part('lines').replaceChildren(...lines.map(makeLine));
    const report = this.#part('report');
    report.hidden = false;
    report.querySelector('textarea')!.value = reportOf(lines, {
      origin: location.origin,
      browser: navigator.userAgent,
    });
    this.#part('asks').hidden = lines.every(({ forAdmin }) => forAdmin === undefined);
    return lines;
  }

  #copy(): void {
    const area = this.#part('report').querySelector('textarea')!;
    area.select();
    // The clipboard's interface is refused on plain HTTP, as in a classroom.
    announce(
      document.execCommand('copy') ? say`Copied.` : say`The browser refused to copy. The text is selected.`,
    );
  }

  #part(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }
}

function makeLine({ id, grade, word, title, sentence, forAdmin }: Diagnosis): HTMLElement {
  const line = makeElement('li', {
    class: 'network-line',
    attributes: { 'data-grade': grade, 'data-id': id },
  });
  line.append(
    makeElement('span', { class: 'network-grade' }, word),
    makeElement('h2', {}, title),
    makeElement('p', {}, sentence),
  );
  if (forAdmin !== undefined) {
    const ask = makeElement('p', { class: 'network-ask' });
    ask.append(makeElement('strong', {}, say`For whoever runs the network: `), forAdmin);
    line.append(ask);
  }
  return line;
}
