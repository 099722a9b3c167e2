/**
 * Records real full-screen programs for `recording.ts`, in the machine of a learner of its own, through a running course:
 * `node bench/recording/record.ts URL`. What they print there is all that gets into it.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { BrowserSession } from '../measure/browser-session.ts';
import { chrootcampContender } from '../wire/chrootcamp.ts';
import { recordingFile } from './recording.ts';

const prompt = 'root@camp';

interface Program {
  command: string;
  /** Typed one after the other. */
  keys: string[];
  betweenMs: number;
}

const pages = (count: number, key: string): string[] => Array.from({ length: count }, () => key);
const letters = (text: string): string[] => [...text];

const programs: Program[] = [
  // In colours, sorted by memory, with whole command lines; then left to itself.
  { command: 'top -d 0.1', keys: ['z', 'x', 'M', 'c', 'V', ...pages(60, ''), 'q'], betweenMs: 120 },
  {
    command: 'nano --syntax=sh --linenumbers /usr/bin/ldd',
    keys: [...pages(30, '\x1b[6~'), ...pages(20, '\x1b[A'), ...letters('echo a line of text '), '\x18', 'n'],
    betweenMs: 50,
  },
  {
    command: 'LESS=-R less -N /etc/services',
    keys: [...pages(40, ' '), '/tcp\r', ...pages(20, 'n'), ...pages(40, 'y'), 'q'],
    betweenMs: 30,
  },
  {
    command: 'vi /etc/services',
    keys: [...pages(12, '\x06'), ...letters('ihello'), '\x1b', ...pages(20, 'k'), ':q!\r'],
    betweenMs: 50,
  },
];

/** What a terminal would answer: that would be typed into the shell of who plays it. */
const queries =
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
  /\x1b\[[>=]?0?c|\x1b\[\??[56]n|\x1b\]1[0-9];\?(?:\x07|\x1b\\)|\x1bP[+$]q[^\x1b]*\x1b\\|\x1b\[\?[\d;]*\$p/g;

/** Between the shell's own marks: neither the command nor the prompt after it. */
function printedBy(text: string): string {
  const start = text.indexOf('\x07', text.indexOf('\x1b]133;C')) + 1;
  return text.slice(start, text.indexOf('\x1b]133;D')).replaceAll(queries, '');
}

async function record(url: string): Promise<Buffer> {
  const session = new BrowserSession(url);
  await session.request('GET', '/api/me');
  await session.request('POST', '/api/sandbox');
  const wire = await chrootcampContender({ session, url, serverPids: () => [] }).open();
  let text = '';
  wire.onText = (more) => (text += more);
  const seePrompt = async (): Promise<void> => {
    while (!text.trimEnd().includes(prompt)) await delay(20);
  };
  await seePrompt();
  let recording = '';
  for (const { command, keys, betweenMs } of programs) {
    text = '';
    wire.type(`clear; ${command}\r`);
    await delay(700);
    for (const key of keys) {
      wire.type(key);
      await delay(betweenMs);
    }
    await seePrompt();
    recording += printedBy(text);
  }
  wire.close();
  return Buffer.from(recording, 'latin1');
}

const recorded = await record(process.argv[2] ?? '');
writeFileSync(recordingFile, gzipSync(recorded, { level: 9 }));
console.log(`${recorded.length} bytes`);
