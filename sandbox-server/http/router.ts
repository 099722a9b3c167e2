/** Finds the route of a request. Ids are matched by their exact form, so nothing else ever reaches a path. */
import { CodedError } from '../../protocol/errors.ts';
import type { Route } from './route.ts';

const idPattern = '([a-z0-9]{12})';

interface CompiledRoute extends Route {
  pattern: RegExp;
}

export interface Match {
  route: Route;
  sandboxId: string;
  terminalId: string;
  checkpointId: string;
}

const placeholders = { ':tid': 'terminal', ':cid': 'checkpoint', ':id': 'sandbox' } as const;

function patternOf(path: string): RegExp {
  const pattern = Object.entries(placeholders).reduce(
    (text, [placeholder, name]) => text.replace(placeholder, `(?<${name}>${idPattern})`),
    path,
  );
  return new RegExp(`^${pattern}$`);
}

export type Router = (method: string, path: string) => Match;

export function createRouter(routes: Route[]): Router {
  const compiled: CompiledRoute[] = routes.map((route) => ({
    ...route,
    pattern: patternOf(route.path),
  }));
  return (method, path) => {
    const atPath = compiled.filter(({ pattern }) => pattern.test(path));
    const route = atPath.find((candidate) => candidate.method === method);
    if (route === undefined) {
      if (atPath.length === 0) throw new CodedError('NOT_FOUND', `there is nothing at ${path.slice(0, 200)}`);
      const allowed = atPath.map((candidate) => candidate.method).join(', ');
      throw new CodedError('METHOD_NOT_ALLOWED', `found ${method}, expected ${allowed} at ${path}`);
    }
    const groups = route.pattern.exec(path)?.groups ?? {};
    const [sandboxId, terminalId] = [groups['sandbox'] ?? '', groups['terminal'] ?? ''];
    return { route, sandboxId, terminalId, checkpointId: groups['checkpoint'] ?? '' };
  };
}
