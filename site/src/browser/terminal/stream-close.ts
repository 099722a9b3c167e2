/** The codes of a socket, for what HTTP answered. What is gone by its ticket (410) can be made again. */
export function closeCodeOf(status: number): number {
  const codes: Record<number, number> = { 400: 4400, 401: 4401, 403: 4403, 404: 4404, 409: 4404, 429: 4429 };
  return codes[status] ?? (status === 503 ? 4503 : 1006);
}
