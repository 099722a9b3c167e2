/** Files into and out of a learner's machine (`protocol/file-transfer.ts`). */
import { once } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../../protocol/errors.ts';
import {
  downloadQuerySchema,
  fileTransferLimits,
  uploadQuerySchema,
} from '../../../protocol/file-transfer.ts';
import type { SandboxClient } from '../../../sandbox-client/client.ts';
import { download } from '../../files/download.ts';
import type { DownloadOptions } from '../../files/download.ts';
import { TransferCount } from '../../files/transfer.ts';
import { upload } from '../../files/upload.ts';
import type { LearnerSession } from '../../learners/learner-session.ts';
import type { LearnerSandboxes } from '../../sandboxes/learner-sandboxes.ts';
import type { LearnerTerminals } from '../../terminals/learner-terminals.ts';
import { attachmentHeader } from '../attachment-header.ts';
import { parseBody } from '../body.ts';

export interface FileRoutesOptions {
  client: SandboxClient;
  session: LearnerSession;
  sandboxes: LearnerSandboxes;
  terminals: LearnerTerminals;
  /** Fires when the portal stops: what is under way is cut. */
  stopping: AbortSignal;
}

type StopOptions = Pick<FileRoutesOptions, 'stopping'>;

/** Where a terminal is that has not said so. */
const home = '/root';

export function addFileRoutes(app: FastifyInstance, options: FileRoutesOptions): void {
  const { client, session, sandboxes, terminals, stopping } = options;
  const transfers = new TransferCount();

  const directoryOf = async (learnerId: string, terminalId: string): Promise<string> =>
    (await terminals.directoryOf(learnerId, terminalId)) ?? home;

  void app.register(async (files) => {
    // Bytes of any kind, never parsed, taken as they come.
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    files.put('/api/files', async (request, reply) => {
      const learner = session.require(request);
      const { terminal, name, replace, ...query } = parseBody(uploadQuerySchema, request.query);
      const bytes = announcedBytes(request);
      const { id: sandboxId } = await sandboxes.requireRunning(learner.id);
      const directory = query.directory ?? (await directoryOf(learner.id, terminal as string));
      using _transfer = transfers.begin(learner.id);
      const asked = { client, sandboxId, directory, name, replace: replace === '1', bytes, stopping };
      return reply.code(201).send(await upload({ ...asked, content: request.raw }));
    });

    files.get('/api/files', async (request, reply) => {
      const learner = session.require(request);
      const query = parseBody(downloadQuerySchema, request.query);
      const { id: sandboxId } = await sandboxes.requireRunning(learner.id);
      const path = query.path.startsWith('/')
        ? query.path
        : `${await directoryOf(learner.id, query.terminal as string)}/${query.path}`;
      using _transfer = transfers.begin(learner.id);
      await answerWithFile(reply, { client, sandboxId, path, stopping });
      return reply;
    });
  });
}

function announcedBytes(request: FastifyRequest): number {
  const announced = request.headers['content-length'];
  if (announced === undefined || !/^\d{1,15}$/.test(announced)) {
    throw new CodedError('BAD_REQUEST', 'expected a Content-Length: an upload is whole or not at all');
  }
  const bytes = Number(announced);
  if (bytes <= fileTransferLimits.maxUploadBytes) return bytes;
  throw new CodedError(
    'FILE_TOO_LARGE',
    `found ${bytes} bytes; expected at most ${fileTransferLimits.maxUploadBytes}`,
  );
}

async function answerWithFile(
  reply: FastifyReply,
  { client, sandboxId, path, stopping }: Pick<DownloadOptions, 'client' | 'sandboxId' | 'path'> & StopOptions,
): Promise<void> {
  const { raw } = reply;
  const left = new AbortController();
  raw.on('close', () => left.abort());
  raw.on('error', () => left.abort());
  try {
    await download({
      client,
      sandboxId,
      path,
      signal: AbortSignal.any([left.signal, stopping]),
      target: {
        begin(bytes) {
          reply.hijack();
          raw.writeHead(200, {
            ...(reply.getHeaders() as Record<string, string>),
            'content-type': 'application/octet-stream',
            'content-disposition': attachmentHeader(path.split('/').at(-1) ?? ''),
            'cache-control': 'no-store',
            // The last byte may be read before we know that it was the last: the connection is not for another request.
            connection: 'close',
            ...(bytes !== null && { 'content-length': bytes }),
          });
        },
        write: (chunk) => void raw.write(chunk),
        whenReady() {
          if (!raw.writableNeedDrain) return undefined;
          // Rejects when the browser leaves: then there is nothing to wait for.
          return once(raw, 'drain', { signal: left.signal }).then(
            () => undefined,
            () => undefined,
          );
        },
      },
    });
    raw.end();
  } catch (error) {
    if (!raw.headersSent) throw error;
    // The browser was promised more bytes, and learns by the cut that it did not get them.
    if (!left.signal.aborted) reply.log.info({ err: error }, 'a download broke off');
    raw.destroy();
  }
}
