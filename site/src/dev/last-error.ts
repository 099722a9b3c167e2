/** For authors: keeps why a page could not be rendered, and tells it at `/__camp/last-error`. */
import type { AstroIntegration } from 'astro';

interface RenderError {
  message?: string;
  file?: string;
  line?: number;
  column?: number;
}

/** Shape of what Vite sends its own pages when something fails. */
interface ErrorPayload {
  type?: string;
  err?: { message?: string; loc?: { file?: string; line?: number; column?: number }; id?: string };
}

export function lastErrorIntegration(): AstroIntegration {
  return {
    name: 'last-error',
    hooks: {
      'astro:server:setup': ({ server }) => {
        let last: RenderError = {};
        const channels = [server.ws, ...Object.values(server.environments).map(({ hot }) => hot)];
        for (const channel of new Set<{ send: (...words: never[]) => void }>(channels)) {
          const send = channel.send.bind(channel) as (...words: unknown[]) => void;
          channel.send = ((...words: unknown[]) => {
            const [payload] = words as [ErrorPayload];
            if (payload?.type === 'error') last = errorOf(payload);
            send(...words);
          }) as typeof channel.send;
        }
        server.middlewares.use('/__camp/last-error', (_request, response) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(last));
          // Told once: the next question is about another page.
          last = {};
        });
      },
    },
  };
}

function errorOf({ err }: ErrorPayload): RenderError {
  const { file = err?.id, line, column } = err?.loc ?? {};
  return {
    ...(err?.message !== undefined && { message: plain(err.message) }),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

const entities: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** As text, without colours and markup, and without the place at its head, which is told apart. */
function plain(message: string): string {
  return (
    message
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/\x1b\[[0-9;]*m/g, '')
      .replaceAll(/<\/?code>/g, '`')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
      .replace(/^\d+:\d+(?:-\d+:\d+)?: /, '')
      .split('\n')
      .slice(0, 3)
      .join(' ')
      .slice(0, 500)
  );
}
