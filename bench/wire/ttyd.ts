import { once } from 'node:events';
import WebSocket from 'ws';
import { ttydProgram } from '../rivals/ttyd.ts';
import { startRival, type RivalOptions } from '../rivals/rival-process.ts';
import { openAnotherPage, type TerminalContender, type Wire } from './wire.ts';

/** Beyond so many bytes unparsed its page asks it to pause; ours here parses nothing, so it never does. */
export async function ttydContender(options: RivalOptions): Promise<TerminalContender> {
  const { argv, env } = await ttydProgram(options.directory, options.signal);
  const rival = await startRival({
    argv: (port) => [
      ...argv,
      '--port',
      String(port),
      '--interface',
      '127.0.0.1',
      '--writable',
      // Without WebGL in the browser all contenders draw alike, into the page.
      '--client-option',
      'rendererType=dom',
      options.shell,
    ],
    env,
  });
  const open = async (): Promise<Wire> => {
    const socket = new WebSocket(`ws://127.0.0.1:${rival.port}/ws`, 'tty', { perMessageDeflate: false });
    await once(socket, 'open');
    const wire: Wire = {
      onText: () => {},
      type: (text) => socket.send(Buffer.from(`0${text}`)),
      close: () => socket.terminate(),
    };
    socket.on('message', (data: Buffer) => {
      if (data[0] === 0x30) wire.onText(data.subarray(1).toString('latin1'));
    });
    socket.send(Buffer.from(JSON.stringify({ AuthToken: '', columns: 80, rows: 24 })));
    return wire;
  };
  return {
    name: 'ttyd',
    open,
    reopen: null,
    page: { url: `http://127.0.0.1:${rival.port}/`, cookies: [] },
    openAnother: openAnotherPage,
    serverPids: () => [rival.pid],
    stop: () => rival.stop(),
  };
}
