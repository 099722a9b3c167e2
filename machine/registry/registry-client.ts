import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface RegistryCall {
  socketPath: string;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
  body?: Readable | Buffer;
  signal?: AbortSignal | undefined;
}

export interface RegistryAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** One HTTP request to a registry on a Unix socket. */
export async function callRegistry(call: RegistryCall): Promise<RegistryAnswer> {
  const { body, headers, method, path, signal, socketPath } = call;
  const outgoing = request({
    socketPath,
    method,
    path,
    headers: { host: 'registry', ...headers },
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = new Promise<RegistryAnswer>((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
  });
  if (body === undefined) outgoing.end();
  else
    await Promise.all([pipeline(body instanceof Readable ? body : Readable.from([body]), outgoing), answer]);
  return answer;
}
