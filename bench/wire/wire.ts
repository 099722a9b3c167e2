import { PaintedPage } from '../measure/painted-page.ts';

/** One terminal of a contender, on the wire: what its own page would send and get. */
export interface Wire {
  type(text: string): void;
  /** Output as it comes, Latin-1: one character a byte. */
  onText: (text: string) => void;
  close(): void;
}

export interface TerminalContender {
  name: string;
  /** Opens a terminal with the same shell in the same machine. */
  open(): Promise<Wire>;
  /** The page that shows one, for a browser; with the cookies it needs. */
  page: { url: string; cookies: { name: string; value: string }[] };
  /** Opens another terminal where a learner would, with the keyboard in it. */
  openAnother(from: PaintedPage): Promise<AnotherTerminal>;
  /** Host processes of its server, without the shells. */
  serverPids(): number[];
  /** After a cut, the same terminal again; null where it has no such thing and a new shell begins. */
  reopen: ((wire: Wire) => Promise<Wire>) | null;
  stop(): Promise<void>;
}

export interface AnotherTerminal {
  /** Where it is seen: the same page, or one of its own. */
  shown: PaintedPage;
  /** The keyboard to the terminal of before. */
  back(): Promise<void>;
  /** From there: ends what runs in it and closes it. */
  close(): Promise<void>;
}

/** For who has no tabs: another page of the browser. */
export async function openAnotherPage(from: PaintedPage): Promise<AnotherTerminal> {
  const { page } = from;
  const shown = await PaintedPage.open(page.context(), page.url());
  return { shown, back: () => page.bringToFront(), close: () => shown.page.close() };
}

/** Watches a wire for what is awaited. */
export class WireWatch {
  readonly wire: Wire;
  /** The newest output; what is awaited is short, and a flood is not kept. */
  #text = '';
  #awaited: { text: string; seen: () => void } | null = null;
  bytes = 0;

  constructor(wire: Wire) {
    this.wire = wire;
    wire.onText = (text) => {
      this.bytes += text.length;
      const all = this.#text + text;
      this.#text = all.slice(-4096);
      if (this.#awaited && all.includes(this.#awaited.text)) this.#awaited.seen();
    };
  }

  /** Types it; what came before counts no more. */
  type(text: string): void {
    this.#text = '';
    this.wire.type(text);
  }

  /** Resolves when it has come since the last `type`. */
  see(text: string, patienceMs = 60_000): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#text.includes(text)) return resolve();
      const timer = setTimeout(() => {
        this.#awaited = null;
        reject(
          new Error(
            `${JSON.stringify(text)} did not come; last came ${JSON.stringify(this.#text.slice(-80))}`,
          ),
        );
      }, patienceMs);
      const seen = (): void => {
        clearTimeout(timer);
        this.#awaited = null;
        resolve();
      };
      this.#awaited = { text, seen };
    });
  }
}
