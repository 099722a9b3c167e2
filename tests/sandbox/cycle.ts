/** One sandbox made, used in every way that holds something of the host, and destroyed. */
import type { RunningSandboxServer } from '../running-sandbox-server.ts';

async function use(server: RunningSandboxServer, id: string): Promise<void> {
  const { client } = server;
  const { id: terminalId } = await client.openTerminal(id, { cols: 80, rows: 24 });
  const { output } = await server.run(id, 'echo used; getent hosts nowhere.test; true');
  if (output !== 'used\n') throw new Error(`expected "used", found ${output}`);
  const { outcome } = await client.readFile(id, { path: '/etc/hostname', maxBytes: 10 });
  if (outcome !== 'found') throw new Error(`/etc/hostname was ${outcome}`);
  await client.processes(id);
  await client.closeTerminal(id, terminalId);
}

export async function cycle(server: RunningSandboxServer): Promise<void> {
  const { id } = await server.client.create({});
  try {
    await use(server, id);
  } finally {
    await server.client.destroy(id);
  }
}

/** `count` of them, `parallel` at a time. */
export async function cycles(
  server: RunningSandboxServer,
  { count, parallel, onDone }: { count: number; parallel: number; onDone?: (done: number) => void },
): Promise<void> {
  let begun = 0;
  let done = 0;
  const worker = async () => {
    while (begun < count) {
      begun += 1;
      await cycle(server);
      onDone?.((done += 1));
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
