import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../protocol/errors.ts';
import type { Site } from './site.ts';
import type { SiteFile } from './site-file.ts';

/** Answers whatever no route of the API took: a file of the site, or that there is none. */
export async function answerFromSite(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    void reply.header('allow', 'GET, HEAD');
    throw new CodedError('METHOD_NOT_ALLOWED', `${request.method} is not offered here; GET and HEAD are`);
  }
  const [path = '/', query] = request.url.split('?', 2);
  const found = site.find(path);
  if (found && 'file' in found) return answerFile(found.file, request, reply);
  if (found) return reply.redirect(query === undefined ? found.redirect : `${found.redirect}?${query}`, 308);
  void reply.code(404);
  const lost = site.notFoundPage(path);
  if (!lost) throw new CodedError('NOT_FOUND', `there is nothing at ${path}`);
  return answerFile(lost, request, reply);
}

async function answerFile(
  file: SiteFile,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const encoding = file.encodingFor(request.headers['accept-encoding']?.toString());
  const etag = file.etag(encoding);
  void reply.headers({
    'content-security-policy': file.contentPolicy,
    'cache-control': file.cacheControl,
    vary: 'Accept-Encoding',
    etag,
  });
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  if (reply.statusCode === 200 && known.includes(etag)) return reply.code(304).send();
  if (encoding) void reply.header('content-encoding', encoding);
  const body = encoding ? await file.compressed(encoding) : file.body;
  void reply.type(file.mediaType).header('content-length', body.length);
  return reply.send(request.method === 'HEAD' ? undefined : body);
}
