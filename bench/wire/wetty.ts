import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startRival, type RivalOptions } from '../rivals/rival-process.ts';
import { wettyDirectory } from '../rivals/wetty.ts';
import { openAnotherPage, type TerminalContender, type Wire } from './wire.ts';

/** What is used of the client it comes with. */
interface Socket {
  on(event: string, listener: (value: string) => void): void;
  emit(event: string, value: unknown): void;
  disconnect(): void;
}
type Connect = (url: string, options: object) => Socket;

/** Its page says every so many characters that it has parsed them. */
const commitEvery = 262_144;

export async function wettyContender(options: RivalOptions): Promise<TerminalContender> {
  const installed = await wettyDirectory(options.directory, options.signal);
  const rival = await startRival({
    argv: (port) => [
      process.execPath,
      join(installed, 'build/main.js'),
      '--base',
      '/wetty',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--command',
      options.shell,
      '--log-level',
      'error',
    ],
  });
  const { io } = createRequire(join(installed, 'package.json'))('socket.io-client') as { io: Connect };
  const open = async (): Promise<Wire> => {
    const socket = io(`http://127.0.0.1:${rival.port}`, {
      path: '/wetty/socket.io',
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    const wire: Wire = {
      onText: () => {},
      type: (text) => socket.emit('input', text),
      close: () => socket.disconnect(),
    };
    let uncommitted = 0;
    socket.on('data', (text) => {
      uncommitted += text.length;
      while (uncommitted >= commitEvery) {
        uncommitted -= commitEvery;
        socket.emit('commit', commitEvery);
      }
      wire.onText(text);
    });
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', () => resolve());
      socket.on('connect_error', (error) => reject(new Error(`wetty: ${error}`)));
    });
    socket.emit('resize', { cols: 80, rows: 24 });
    return wire;
  };
  return {
    name: 'wetty',
    open,
    reopen: null,
    page: { url: `http://127.0.0.1:${rival.port}/wetty`, cookies: [] },
    openAnother: openAnotherPage,
    serverPids: () => [rival.pid],
    stop: () => rival.stop(),
  };
}
