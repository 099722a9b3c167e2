import type { ServerMessage } from '../../../../protocol/terminal.ts';

/**
 * Reads a text frame of the portal. Null for a message of a later version of the protocol, which is to be passed over.
 *
 * @throws Error where the frame is no message at all
 */
export function readServerMessage(frame: string): ServerMessage | null {
  const message = JSON.parse(frame) as Record<string, unknown>;
  switch (message.type) {
    case 'hello':
      expectNumbers(message, ['seq', 'cols', 'rows']);
      if (!['resume', 'snapshot', 'fresh'].includes(String(message.mode))) throw malformed(frame);
      break;
    case 'pong':
      expectNumbers(message, ['t']);
      break;
    case 'role':
      expectNumbers(message, ['viewers']);
      if (!['writer', 'watcher'].includes(String(message.role))) throw malformed(frame);
      break;
    case 'size':
      expectNumbers(message, ['cols', 'rows']);
      break;
    case 'marks':
      if (!Array.isArray(message.marks)) throw malformed(frame);
      break;
    case 'exit':
      break;
    case 'notice':
      if (typeof message.text !== 'string') throw malformed(frame);
      break;
    default:
      if (typeof message.type !== 'string') throw malformed(frame);
      return null;
  }
  return message as ServerMessage;
}

function expectNumbers(message: Record<string, unknown>, names: string[]): void {
  for (const name of names) if (!Number.isFinite(message[name])) throw malformed(JSON.stringify(message));
}

function malformed(frame: string): Error {
  return new Error(
    `The terminal's socket sent "${frame.slice(0, 200)}"; expected a message of the terminal protocol.`,
  );
}
