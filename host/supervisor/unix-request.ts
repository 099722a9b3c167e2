import { request } from 'node:http';

export interface UnixRequest {
  socketPath: string;
  method: 'GET' | 'POST';
  path: string;
  signal?: AbortSignal;
}

/** One HTTP request to one of our own servers. Rejects where nobody listens, and on any status but 2xx. */
export function requestUnix({ socketPath, method, path, signal }: UnixRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, agent: false, ...(signal ? { signal } : {}) });
    outgoing.once('error', reject);
    outgoing.once('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('error', reject);
      answer.once('end', () => {
        const ok = answer.statusCode! >= 200 && answer.statusCode! < 300;
        if (ok) resolve(text);
        else
          reject(new Error(`${method} ${path} was answered by ${answer.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    outgoing.end();
  });
}
