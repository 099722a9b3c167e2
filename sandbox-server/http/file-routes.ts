/** Files of a sandbox followed as they change. */
import { CodedError } from '../../protocol/errors.ts';
import { maxFollowedPaths, type FileReport } from '../../protocol/sandbox-looks.ts';
import type { Call, Route } from './route.ts';

export const fileRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/files',
    handle: async (call) => follow(call, followedPaths(call.query)),
  },
];

function followedPaths(query: URLSearchParams): string[] {
  const paths = query.getAll('path');
  const isSound = (path: string): boolean =>
    path.startsWith('/') && path.length <= 4096 && !/\0|(^|\/)\.\.(\/|$)/.test(path);
  if (paths.length > 0 && paths.length <= maxFollowedPaths && paths.every(isSound)) return paths;
  throw new CodedError(
    'BAD_REQUEST',
    `found ${paths.length} paths; expected 1 to ${maxFollowedPaths} of ?path=, absolute, without .. in them`,
  );
}

/** Lines until the client goes or the sandbox does. */
function follow({ engine, fleet, sandboxId, response }: Call, paths: string[]): 'answered' {
  const { id } = fleet.get(sandboxId);
  let unsent: FileReport | null = null;
  const send = (): void => {
    if (unsent === null || response.writableLength > 0) return;
    const line = `${JSON.stringify(unsent)}\n`;
    unsent = null;
    response.write(line);
  };
  response.setHeader('content-type', 'application/x-ndjson');
  const following = engine.looks.followFiles(id, {
    paths,
    onReport: ({ paths: changed, incomplete }) => {
      unsent = { paths: [...new Set([...(unsent?.paths ?? []), ...changed])], incomplete };
      send();
    },
    onEnd: () => response.end(),
  });
  response.on('drain', send);
  response.on('close', () => following[Symbol.dispose]());
  if (response.closed || response.destroyed) following[Symbol.dispose]();
  return 'answered';
}
