/** Where the portal listens. */
import type { AddressInfo } from 'node:net';
import { CodedError } from '../../protocol/errors.ts';
import type { PortalConfig } from '../config.ts';
import type { createApp } from './app.ts';

/** Resolves with the port, which port 0 leaves to the kernel. Throws PORT_TAKEN. */
export async function listen(
  app: ReturnType<typeof createApp>,
  { host, port }: Pick<PortalConfig, 'host' | 'port'>,
): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    const message = `another program listens at ${host} port ${port}; choose another port`;
    throw new CodedError('PORT_TAKEN', message, { cause });
  }
  return (app.server.address() as AddressInfo).port;
}
