/** Addresses of the sandbox-server's API. Ids are encoded: whatever they hold, they are one segment. */
export function sandboxPath(id: string): string {
  return `/v1/sandboxes/${encodeURIComponent(id)}`;
}

export function checkpointPath(id: string, checkpointId: string): string {
  return `${sandboxPath(id)}/checkpoints/${encodeURIComponent(checkpointId)}`;
}

export function terminalPath(id: string, terminalId: string): string {
  return `${sandboxPath(id)}/terminals/${encodeURIComponent(terminalId)}`;
}
