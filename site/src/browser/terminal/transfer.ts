import { say, sayKnown } from '../page/say.ts';
import type { ErrorBody, ErrorCode } from '../../../../protocol/errors.ts';
import type { fileTransferLimits, UploadAnswer } from '../../../../protocol/file-transfer.ts';
import { describeBytes } from '../machine/byte-text.ts';
import { Signal } from '../page/signal.ts';

// The protocol's number, held to it by its type: importing the value would bring the schemas into the page.
const mostBytes: (typeof fileTransferLimits)['maxUploadBytes'] = (256 * 1024 * 1024) as never;

export type TransferState =
  | { kind: 'moving'; doneBytes: number; totalBytes: number | null }
  | { kind: 'done'; text: string }
  | { kind: 'cancelled' }
  /** `exists`: it would go with the consent to replace the file that is there. */
  | { kind: 'failed'; text: string; exists: boolean };

/** A file on its way into or out of the machine. */
export interface Transfer {
  readonly name: string;
  readonly way: 'in' | 'out';
  readonly state: Signal<TransferState>;
  cancel(): void;
  /** Tries again with leave to replace; only after `exists`. */
  replace?(): Transfer;
}

/** Puts a file into the terminal's working directory. */
export function putFile(
  { terminalId, file }: { terminalId: string; file: File },
  { replace = false }: { replace?: boolean } = {},
): Transfer {
  const state = new Signal<TransferState>({ kind: 'moving', doneBytes: 0, totalBytes: file.size });
  const fail = (text: string, code?: ErrorCode): void =>
    state.set({ kind: 'failed', text, exists: code === 'FILE_EXISTS' });
  // fetch cannot tell how much of a body has gone.
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({
    terminal: terminalId,
    name: file.name,
    ...(replace && { replace: '1' }),
  });
  request.open('PUT', `/api/files?${query}`);
  request.responseType = 'json';
  request.upload.addEventListener('progress', ({ loaded }) =>
    state.set({ kind: 'moving', doneBytes: loaded, totalBytes: file.size }),
  );
  request.addEventListener('load', () => {
    if (request.status === 201)
      return state.set({ kind: 'done', text: (request.response as UploadAnswer).path });
    const error = (request.response as ErrorBody | null)?.error;
    fail(
      error ? sayKnown(error.learner) : say`The course answered in a way this page cannot read.`,
      error?.code,
    );
  });
  request.addEventListener('error', () =>
    fail(say`The course cannot be reached, or it broke the transfer off.`),
  );
  request.addEventListener('abort', () => state.set({ kind: 'cancelled' }));
  if (file.size > mostBytes)
    fail(say`${file.name} is larger than the ${describeBytes(mostBytes)} that may be moved this way.`);
  else request.send(file);
  return {
    name: file.name,
    way: 'in',
    state,
    cancel: () => request.abort(),
    replace: () => putFile({ terminalId, file }, { replace: true }),
  };
}

/** Fetches a file of the machine, a relative path from the terminal's working directory on, and hands it to the browser. */
export function getFile({ terminalId, path }: { terminalId: string; path: string }): Transfer {
  const name = path.split('/').at(-1) || path;
  const state = new Signal<TransferState>({ kind: 'moving', doneBytes: 0, totalBytes: null });
  const aborted = new AbortController();
  receive({ terminalId, path, signal: aborted.signal, state }).then(
    (content) => {
      saveAs(name, content);
      state.set({ kind: 'done', text: `${name}, ${describeBytes(content.size)}` });
    },
    (error: unknown) => {
      if (aborted.signal.aborted) return state.set({ kind: 'cancelled' });
      const text = error instanceof Refusal ? error.message : say`The transfer broke off. Try again.`;
      state.set({ kind: 'failed', text, exists: false });
    },
  );
  return { name, way: 'out', state, cancel: () => aborted.abort() };
}

/** A sentence of the portal's. */
class Refusal extends Error {}

async function receive(options: {
  terminalId: string;
  path: string;
  signal: AbortSignal;
  state: Signal<TransferState>;
}): Promise<Blob> {
  const { terminalId, path, signal, state } = options;
  const response = await fetch(`/api/files?${new URLSearchParams({ terminal: terminalId, path })}`, {
    signal,
  });
  if (!response.ok || !response.body) {
    const body = (await response.json().catch(() => null)) as ErrorBody | null;
    throw new Refusal(
      body
        ? sayKnown(body.error.learner)
        : say`The course answered in a way this page cannot read (${response.status}).`,
    );
  }
  const announced = Number(response.headers.get('content-length') ?? Number.NaN);
  const totalBytes = Number.isFinite(announced) ? announced : null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let doneBytes = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    doneBytes += value.byteLength;
    state.set({ kind: 'moving', doneBytes, totalBytes });
  }
}

function saveAs(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
