/** A TLS connection: let through by the server name of its hello, and then carried unread. */
import { connect, type Socket } from 'node:net';
import { maxHelloBytes, serverNameOf } from './client-hello.ts';
import type { Flow } from './flow.ts';
import { EgressRefusal, refusalAlert } from './refusal.ts';
import type { Passage } from './passage.ts';

const helloTimeoutMs = 10_000;
const connectTimeoutMs = 10_000;
const idleTimeoutMs = 120_000;
/** A hello sent byte by byte would be read over and over. */
const maxHelloPieces = 64;

/** The bytes up to the end of the hello, and the name in it. Rejects with an EgressRefusal. */
async function readHello(near: Socket): Promise<{ hello: Buffer; name: string }> {
  const pieces: Buffer[] = [];
  near.setTimeout(helloTimeoutMs, () => near.destroy());
  // The loop leaves the connection open where it is left early.
  for await (const piece of near.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    pieces.push(piece);
    const hello = Buffer.concat(pieces);
    const found = serverNameOf(hello);
    if (found.state === 'named') return { hello, name: found.name };
    if (found.state === 'invalid' || pieces.length >= maxHelloPieces || hello.length > maxHelloBytes) break;
  }
  near.removeAllListeners('timeout');
  throw new EgressRefusal('malformed', 'A TLS connection must begin with a hello that has a server name.');
}

function sendAlert(near: Socket, refusal: EgressRefusal): void {
  const alert = [21, 3, 3, 0, 2, 2, refusalAlert[refusal.reason]];
  near.end(Buffer.from(alert));
}

function dial({ address, port }: { address: string; port: number }): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const far = connect({ host: address, port, allowHalfOpen: true });
  far.setTimeout(connectTimeoutMs, () => far.destroy(new Error('it does not answer')));
  far.once('error', reject);
  far.once('connect', () => {
    far.off('error', reject);
    resolve(far);
  });
  return promise;
}

/** Carries both ways until either ends or the sandbox has had its share. */
function carry(near: Socket, far: Socket, { flow, passage }: { flow: Flow; passage: Passage }): void {
  const charge = () => {
    flow.settle();
    if (!passage.account.isOverdrawn) return;
    flow.report.refused = 'bytesPerMinute';
    passage.reached('bytesPerMinute');
    near.destroy();
  };
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.setTimeout(idleTimeoutMs, () => from.destroy());
    from.on('data', charge);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}

export async function tunnelTls(near: Socket, passage: Passage): Promise<void> {
  let flow: Flow | null = null;
  try {
    const { hello, name } = await readHello(near);
    flow = passage.flowTo(name, 'tls');
    flow.report.requests = 1;
    passage.begin();
    flow.report.host = passage.hosts.require(name, passage.port);
    const address = await passage.resolve(flow.report.host);
    flow.report.address = address;
    const far = await dial({ address, port: passage.port }).catch((error: unknown) => {
      throw new EgressRefusal('unreachable', `${name} does not answer.`, { cause: error });
    });
    if (near.destroyed) {
      far.destroy();
      passage.ended(flow.end());
      return;
    }
    const ending = flow;
    near.once('close', () => passage.ended(ending.end()));
    far.write(hello);
    carry(near, far, { flow, passage });
  } catch (error) {
    // Gone, or silent for too long, before it had said what it wanted.
    if (near.destroyed) return;
    if (!(error instanceof EgressRefusal)) throw error;
    passage.refused(error, flow?.report.host ?? null);
    sendAlert(near, error);
  }
}
