import { once } from 'node:events';
import { connect } from 'node:net';
import { CodedError } from '../../protocol/errors.ts';

/**
 * Throws ALREADY_RUNNING where a server answers at the socket: a second one would take the first one's sandboxes for the
 * remains of a dead one.
 */
export async function refuseSecondServer(socketPath: string): Promise<void> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
  } catch {
    // Nobody there, or only the file of one that was killed.
    return;
  } finally {
    socket.destroy();
  }
  throw new CodedError('ALREADY_RUNNING', `a sandbox-server answers at ${socketPath}; stop it first`);
}
