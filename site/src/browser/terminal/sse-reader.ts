export interface SentEvent {
  /** Whose it is, where an answer carries events of several. */
  of: number;
  id: number;
  event: string;
  data: string;
}

/** Cuts Server-Sent Events out of chunks of text; comments and what is incomplete at the end give none. */
export class SseReader {
  #pending = '';

  push(chunk: string): SentEvent[] {
    const blocks = (this.#pending + chunk).split('\n\n');
    this.#pending = blocks.pop() ?? '';
    return blocks.flatMap((block) => readBlock(block));
  }
}

function readBlock(block: string): SentEvent[] {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const [id, event, data] = [Number(fields.get('id')), fields.get('event'), fields.get('data')];
  return Number.isSafeInteger(id) && event !== undefined && data !== undefined
    ? [{ of: Number(fields.get('of') ?? 0), id, event, data }]
    : [];
}
