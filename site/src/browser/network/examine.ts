import { notHeld, type Findings } from './findings.ts';
import {
  holdSocket,
  holdStream,
  probeRequests,
  probeSocket,
  probeStream,
  type ProbePorts,
} from './probes.ts';

export interface ExamineOptions {
  ports: ProbePorts;
  signal: AbortSignal;
  /** Told whenever more is known: first without long connections, then as they grow. */
  onFindings: (findings: Findings) => void;
}

/** Looks at everything a terminal rests on. Resolves with all of it, after about a minute, or sooner when aborted. */
export async function examine({ ports, signal, onFindings }: ExamineOptions): Promise<Findings> {
  const requestMs = await probeRequests(ports);
  let findings: Findings = {
    requestMs,
    socket: { opened: false, echoed: false, echoMs: null, held: notHeld },
    stream: { arrived: 'nothing', held: notHeld },
  };
  const tell = (change: Partial<Findings>): void => {
    findings = { ...findings, ...change };
    onFindings(findings);
  };
  if (requestMs === null) {
    tell({});
    return findings;
  }
  const [{ socket, openedAtMs, ...opened }, arrived] = await Promise.all([
    probeSocket(ports),
    probeStream(ports),
  ]);
  tell({ socket: { ...opened, held: notHeld }, stream: { arrived, held: notHeld } });
  if (socket) {
    const onOpen = (held: Findings['socket']['held']): void => tell({ socket: { ...opened, held } });
    onOpen(await holdSocket(ports, { socket, openedAtMs }, { signal, onOpen }));
  } else if (arrived === 'as-sent') {
    const onOpen = (held: Findings['stream']['held']): void => tell({ stream: { arrived, held } });
    onOpen(await holdStream(ports, { signal, onOpen }));
  }
  return findings;
}
