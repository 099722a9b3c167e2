/** Reads the frames of `POST /v1/sandboxes/:id/exec` (see `execStreams` in the protocol) from any cut of chunks. */
import { CodedError } from '../protocol/errors.ts';
import { execStreams } from '../protocol/sandbox-api.ts';
import type { ExecExit } from '../protocol/sandbox-api.ts';

const headerBytes = 8;
const maxExitBytes = 4096;

export interface ExecOutput {
  onStdout?: ((bytes: Buffer) => void) | undefined;
  onStderr?: ((bytes: Buffer) => void) | undefined;
}

/**
 * Output is handed on as it comes, frames are not gathered first: memory does not grow with what a command prints.
 * Throws INTERNAL for a stream that breaks the framing.
 */
export class ExecFrameReader {
  readonly #output: ExecOutput;
  readonly #header = Buffer.alloc(headerBytes);
  #headerFilled = 0;
  #stream = 0;
  #payloadLeft = 0;
  #exitParts: Buffer[] = [];
  #exit: ExecExit | null = null;

  constructor(output: ExecOutput) {
    this.#output = output;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      rest = this.#headerFilled < headerBytes ? this.#readHeader(rest) : this.#readPayload(rest);
    }
  }

  /** To be called at the end of the stream: how the command ended. A stream cut short is SANDBOX_SERVER_DOWN. */
  finish(): ExecExit {
    if (this.#exit) return this.#exit;
    throw new CodedError(
      'SANDBOX_SERVER_DOWN',
      'the stream of a command ended before its exit frame; the sandbox-server was stopped or the sandbox destroyed',
    );
  }

  #readHeader(chunk: Buffer): Buffer {
    if (this.#exit) throw broken('bytes after its exit frame');
    const used = chunk.copy(this.#header, this.#headerFilled);
    this.#headerFilled += used;
    if (this.#headerFilled === headerBytes) this.#beginPayload();
    return chunk.subarray(used);
  }

  #beginPayload(): void {
    this.#stream = this.#header.readUInt8(0);
    this.#payloadLeft = this.#header.readUInt32BE(4);
    const known = Object.values<number>(execStreams).includes(this.#stream);
    if (!known) throw broken(`a frame of stream ${this.#stream}`);
    if (this.#stream === execStreams.exit && this.#payloadLeft > maxExitBytes) {
      throw broken(`an exit frame of ${this.#payloadLeft} bytes`);
    }
    if (this.#payloadLeft === 0) this.#endPayload();
  }

  #readPayload(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.#payloadLeft);
    this.#payloadLeft -= part.length;
    if (this.#stream === execStreams.stdout) this.#output.onStdout?.(part);
    else if (this.#stream === execStreams.stderr) this.#output.onStderr?.(part);
    else this.#exitParts.push(part);
    if (this.#payloadLeft === 0) this.#endPayload();
    return chunk.subarray(part.length);
  }

  #endPayload(): void {
    this.#headerFilled = 0;
    if (this.#stream === execStreams.exit) this.#exit = parseExit(Buffer.concat(this.#exitParts));
  }
}

function parseExit(payload: Buffer): ExecExit {
  try {
    const { exitCode, signal, timedOut } = JSON.parse(payload.toString('utf8')) as ExecExit;
    return { exitCode: exitCode ?? null, signal: signal ?? null, timedOut: timedOut === true };
  } catch (cause) {
    throw broken('an exit frame that is not JSON', cause);
  }
}

function broken(found: string, cause?: unknown): CodedError {
  return new CodedError(
    'INTERNAL',
    `the stream of a command held ${found}; expected frames of stdout, stderr, exit`,
    {
      cause,
    },
  );
}
