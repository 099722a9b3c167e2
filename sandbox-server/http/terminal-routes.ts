import { openTerminalSchema } from '../../protocol/sandbox-api.ts';
import { readBody } from './body.ts';
import type { Route } from './route.ts';

/** Terminals made and ended; what goes through them is `upgrade.ts`. */
export const terminalRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/terminals',
    handle: async ({ fleet, sandboxId }) => ({
      body: { terminals: fleet.get(sandboxId).terminals.map((terminal) => terminal.view()) },
    }),
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/terminals',
    async handle({ fleet, sandboxId, request }) {
      const body = await readBody(request, openTerminalSchema);
      return { status: 201, body: fleet.get(sandboxId).openTerminal(body).view() };
    },
  },
  {
    method: 'DELETE',
    path: '/v1/sandboxes/:id/terminals/:tid',
    async handle({ fleet, sandboxId, terminalId }) {
      fleet.get(sandboxId).closeTerminal(terminalId);
      return { status: 204 };
    },
  },
];
