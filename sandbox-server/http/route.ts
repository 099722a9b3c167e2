/** One row of the table of requests, and what its handler is given. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxEngine } from '../engine.ts';
import type { Fleet } from '../sandboxes/fleet.ts';

export interface Services {
  fleet: Fleet;
  engine: SandboxEngine;
  /** Remembers over restarts what an operator set; null forgets it. */
  savePoolSize: (size: number | null) => Promise<void>;
  /** Ends the process after the answer has gone out. */
  shutDown: () => Promise<void>;
}

export interface Call extends Services {
  request: IncomingMessage;
  response: ServerResponse;
  /** Groups of the route's pattern. */
  sandboxId: string;
  terminalId: string;
  checkpointId: string;
  query: URLSearchParams;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** `:id`, `:tid` and `:cid` stand for a sandbox, a terminal and a checkpoint. */
  path: string;
  /** What it returns is sent as JSON with 200, or with the status given. */
  handle: (call: Call) => Promise<{ status?: number; body?: unknown } | 'answered'>;
}
