import { spawn } from 'node-pty';
import { join } from 'node:path';
import { localMachines, type LocalMachines } from '../verify/local-machine.fixture.ts';
import type { TerminalClient } from './terminal.ts';

const integration = join(
  import.meta.dirname,
  '../../machine/tree/files/etc/chrootcamp/shell-integration.bash',
);

/** This very machine in the place of sandboxes, with a real bash at a real terminal. */
export async function localTerminals(): Promise<LocalMachines & TerminalClient> {
  const machines = await localMachines();
  const ptys: ReturnType<typeof spawn>[] = [];
  const terminals: TerminalClient = {
    async openTerminal(_id, { cols, rows }) {
      const pty = spawn('bash', ['--noprofile', '--norc', '-i'], {
        cols,
        rows,
        cwd: machines.dir,
        env: { ...process.env, HISTFILE: '/dev/null', HOSTNAME: 'camp', PS1: '$ ' },
      });
      pty.write(`. ${integration}\r`);
      ptys.push(pty);
      return { id: String(ptys.length - 1), cols, rows, createdAt: '', seq: 0, exited: null };
    },
    attachTerminal(_id, terminalId, _start, handlers) {
      const pty = ptys[Number(terminalId)]!;
      pty.onData((text) => handlers.onOutput(Buffer.from(text)));
      pty.onExit(() => handlers.onExit({ type: 'exit', code: 0, signal: null }));
      return {
        write: (bytes) => {
          pty.write(Buffer.from(bytes).toString());
          return true;
        },
        acknowledge: () => undefined,
        close: () => pty.kill('SIGKILL'),
      };
    },
  };
  return Object.assign(machines, terminals);
}
