import { once } from 'node:events';
import WebSocket from 'ws';
import { terminalSubprotocol } from '../../protocol/terminal.ts';
import type { BrowserSession } from '../measure/browser-session.ts';
import type { TerminalContender, Wire } from './wire.ts';

const viewer = 'bench-wire';

interface OwnWire extends Wire {
  id: string;
  seq: number;
}

/** Ours, through the portal of a running course. */
export function chrootcampContender(options: {
  session: BrowserSession;
  url: string;
  serverPids: () => number[];
}): TerminalContender {
  const { session, url, serverPids } = options;
  const attach = async (id: string, resumeFrom?: number): Promise<OwnWire> => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/terminals/${id}`, terminalSubprotocol, {
      origin: url,
      headers: { cookie: session.cookie },
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    const wire: OwnWire = {
      id,
      seq: resumeFrom ?? 0,
      onText: () => {},
      type: (text) => socket.send(Buffer.from(text)),
      close: () => socket.terminate(),
    };
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) {
        const message = JSON.parse(data.toString()) as { type: string; seq?: number };
        if (message.type === 'hello') wire.seq = message.seq ?? 0;
        return;
      }
      wire.seq += data.length;
      socket.send(JSON.stringify({ type: 'ack', seq: wire.seq }));
      wire.onText(data.toString('latin1'));
    });
    socket.send(
      JSON.stringify({
        type: 'attach',
        cols: 80,
        rows: 24,
        viewer,
        ...(resumeFrom !== undefined && { resumeFrom }),
      }),
    );
    return wire;
  };
  const [name = '', value = ''] = session.cookie.split(/=(.*)/s);
  return {
    name: 'chrootcamp',
    open: async () => {
      const { id } = await session.request<{ id: string }>('POST', '/api/terminals', { cols: 80, rows: 24 });
      return attach(id);
    },
    reopen: (wire) => attach((wire as OwnWire).id, (wire as OwnWire).seq),
    page: { url: `${url}/first-steps/hello-world/`, cookies: [{ name, value }] },
    openAnother: async (shown) => {
      const { keyboard } = shown.page;
      await keyboard.press('Control+Shift+Enter');
      await shown.atPrompt();
      const back = async (): Promise<void> => {
        await keyboard.press('Control+Shift+ArrowLeft');
        await shown.atPrompt();
      };
      const close = async (): Promise<void> => {
        await keyboard.press('Control+Shift+ArrowRight');
        await shown.interrupt();
        await back();
      };
      return { shown, back, close };
    },
    serverPids,
    stop: async () => {},
  };
}
