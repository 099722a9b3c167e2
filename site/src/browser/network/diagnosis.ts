import { say } from '../page/say.ts';
import type { Findings, Held } from './findings.ts';

/** One line of the report. */
export interface Diagnosis {
  id: 'request' | 'socket' | 'stream' | 'long' | 'verdict';
  grade: 'good' | 'fair' | 'bad';
  /** The grade in a word. */
  word: string;
  title: string;
  sentence: string;
  /** What to pass on to whoever runs the network; absent where nothing is wrong. */
  forAdmin?: string;
}

/** Connections that are cut sooner hinder work. */
const longEnoughMs = 55_000;

/** What was found, in words: the verdict first. */
export function diagnose(findings: Findings): Diagnosis[] {
  const lines = [ofRequests(findings), ofSocket(findings), ofStream(findings), ofLength(findings)];
  const found = [verdictOf(findings), ...lines.filter((line) => line !== null)];
  return found.map((line) => ({ word: words[line.grade], ...line }));
}

const words = { good: say`Good`, fair: say`Fair`, bad: say`Blocked` } as const;

/** `word` where the grade's own does not fit. */
type Finding = Omit<Diagnosis, 'word'> & { word?: string };

function socketWorks({ socket }: Findings): boolean {
  return socket.opened && socket.echoed;
}

function verdictOf(findings: Findings): Finding {
  const base = { id: 'verdict', title: say`Your terminal` } as const;
  if (findings.requestMs === null) {
    return {
      ...base,
      grade: 'bad',
      sentence: say`The course cannot be reached at all now. Check your network, and whether the address is right; then check again.`,
    };
  }
  if (socketWorks(findings) && !isCutEarly(findings.socket.held)) {
    return { ...base, grade: 'good', sentence: say`Works over a WebSocket, the fastest way there is.` };
  }
  if (findings.stream.arrived === 'as-sent') {
    return {
      ...base,
      grade: 'fair',
      sentence: say`Works, over a stream of plain requests: this network hinders WebSockets. Typing may feel a little slower.`,
    };
  }
  return {
    ...base,
    grade: 'fair',
    sentence: say`Works, over many short requests: this network hinders everything else. Typing will feel slower, and much output takes its time.`,
  };
}

function ofRequests({ requestMs }: Findings): Finding {
  const base = { id: 'request', title: say`Plain requests` } as const;
  if (requestMs === null) {
    return {
      ...base,
      grade: 'bad',
      word: say`Silent`,
      sentence: say`No answer came.`,
      forAdmin: say`HTTP requests to this origin get no answer.`,
    };
  }
  const took = say`An answer takes ${Math.round(requestMs)} ms.`;
  if (requestMs < 80) return { ...base, grade: 'good', sentence: say`${took} Typing feels immediate.` };
  if (requestMs < 300)
    return { ...base, grade: 'fair', sentence: say`${took} Each key shows with a small delay.` };
  return {
    ...base,
    grade: 'bad',
    word: say`Slow`,
    sentence: say`${took} Each key shows with a clear delay: a nearer network, or a cable, would help.`,
  };
}

function ofSocket({ socket, requestMs }: Findings): Finding | null {
  if (requestMs === null) return null;
  const base = { id: 'socket', title: say`WebSockets` } as const;
  if (!socket.opened) {
    return {
      ...base,
      grade: 'bad',
      sentence: say`Something between you and the course refuses to open them.`,
      forAdmin:
        say`WebSocket handshakes do not get through: a proxy refuses them, or removes the headers Upgrade and Connection. ` +
        say`Please pass both on for the path /api/, with HTTP/1.1 to the server behind, or exempt this origin from inspection.`,
    };
  }
  if (!socket.echoed) {
    return {
      ...base,
      grade: 'bad',
      sentence: say`They open, but nothing gets through: something holds the messages back.`,
      forAdmin:
        say`WebSocket handshakes get through and frames do not: a proxy accepts the upgrade and then buffers or drops the ` +
        say`data. Please let frames pass as they come for the path /api/, or exempt this origin from inspection.`,
    };
  }
  const took = socket.echoMs === null ? '' : say` A message is back in ${Math.round(socket.echoMs)} ms.`;
  return { ...base, grade: 'good', sentence: say`They open and pass messages.${took}` };
}

function ofStream({ stream, requestMs }: Findings): Finding | null {
  if (requestMs === null) return null;
  const base = { id: 'stream', title: say`Streams` } as const;
  if (stream.arrived === 'as-sent')
    return { ...base, grade: 'good', sentence: say`They arrive as they are sent.` };
  const what =
    stream.arrived === 'gathered'
      ? say`They are gathered on the way and arrive all at once.`
      : say`They do not arrive while they are open.`;
  return {
    ...base,
    grade: 'bad',
    word: stream.arrived === 'gathered' ? say`Held back` : words.bad,
    sentence: say`${what} Exercises then tick late, too.`,
    forAdmin:
      say`Answers of type text/event-stream are buffered until they end. Please turn response buffering and compression off ` +
      say`for them (in nginx: proxy_buffering off), or honour the header X-Accel-Buffering: no.`,
  };
}

function ofLength(findings: Findings): Finding | null {
  const { socket, stream, requestMs } = findings;
  const held = socketWorks(findings) ? socket.held : stream.held;
  if (requestMs === null || (held.openMs === 0 && !held.cut)) return null;
  const base = { id: 'long', title: say`Long connections` } as const;
  const seconds = Math.round(held.openMs / 1000);
  if (isCutEarly(held)) {
    return {
      ...base,
      grade: 'fair',
      sentence: say`They are cut after ${seconds} s. Your terminal connects again by itself, and loses nothing.`,
      forAdmin: say`Connections in use are cut after ${seconds} s. Please allow an hour, and 60 s without data.`,
    };
  }
  return { ...base, grade: 'good', sentence: say`Still open after ${seconds} s.` };
}

function isCutEarly({ cut, openMs }: Held): boolean {
  return cut && openMs < longEnoughMs;
}

/** The report as text, to be sent to whoever runs the network. */
export function reportOf(
  diagnoses: readonly Diagnosis[],
  { origin, browser }: { origin: string; browser: string },
): string {
  const lines = diagnoses.map(
    ({ title, word, sentence }) => `- ${title}: ${word.toLowerCase()}. ${sentence}`,
  );
  const asks = diagnoses.flatMap(({ forAdmin }) => (forAdmin === undefined ? [] : [`* ${forAdmin}`]));
  return [
    say`Network check for ${origin}`,
    ...lines,
    ...(asks.length > 0 ? ['', say`For whoever runs the network:`, ...asks] : []),
    '',
    say`Browser: ${browser}`,
  ].join('\n');
}
