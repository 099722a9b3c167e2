/** The portal's WebSocket to one terminal (`protocol/terminal.ts`, the upstream half). */
import type { WebSocket } from 'ws';
import { upstreamMessageSchema, type UpstreamServerMessage } from '../../protocol/terminal.ts';
import type { Terminal, TerminalReader } from './terminal.ts';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function attachSocket({
  socket,
  terminal,
  from,
}: {
  socket: WebSocket;
  terminal: Terminal;
  from: number;
}): void {
  const tell = (message: UpstreamServerMessage) => socket.send(JSON.stringify(message));
  // The kernel hands out a line's output in small reads, many to a turn of the loop: each turn's go in one frame.
  let gathered: Buffer[] = [];
  let turn: NodeJS.Immediate | null = null;
  const flush = (): void => {
    if (turn !== null) clearImmediate(turn);
    turn = null;
    if (gathered.length > 0) socket.send(Buffer.concat(gathered), { binary: true });
    gathered = [];
  };
  const reader: TerminalReader = {
    onOutput: (chunk) => {
      gathered.push(chunk);
      turn ??= setImmediate(flush);
    },
    onExit: (exit) => {
      flush();
      tell({ type: 'exit', ...exit });
    },
    onEnd: (reason) => {
      flush();
      if (reason === 'closed') socket.close(4404, 'closed');
      else socket.close(4409, 'taken over');
    },
  };
  const { seq, end, backlog } = terminal.attach(reader, from);
  const { cols, rows } = terminal.view();
  tell({ type: 'hello', seq, end, cols, rows });
  for (const chunk of backlog) reader.onOutput(chunk);
  flush();
  if (terminal.exited !== null) reader.onExit(terminal.exited);

  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      terminal.write(data);
      return;
    }
    const message = upstreamMessageSchema.safeParse(parse(data.toString('utf8')));
    if (!message.success) socket.close(4400, 'bad message');
    else if (message.data.type === 'ack') terminal.acknowledge(message.data.seq);
    else terminal.resize(message.data);
  });
  socket.on('close', () => terminal.detach(reader));
}
