/** Finds the line by which a process says, on standard output, that it can be used: JSON with `"ready": true`. */
export class ReadyLineReader {
  readonly #onReady: (message: Record<string, unknown>) => void;
  #partial = '';
  #done = false;

  constructor(onReady: (message: Record<string, unknown>) => void) {
    this.#onReady = onReady;
  }

  push(chunk: Buffer): void {
    if (this.#done) return;
    const lines = (this.#partial + chunk.toString('utf8')).split('\n');
    this.#partial = lines.pop() ?? '';
    for (const line of lines) {
      const message = readyMessage(line);
      if (!message) continue;
      this.#done = true;
      this.#partial = '';
      this.#onReady(message);
      return;
    }
  }
}

function readyMessage(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    return value.ready === true ? value : null;
  } catch {
    // An ordinary line of its log that happens to begin with a brace.
    return null;
  }
}
