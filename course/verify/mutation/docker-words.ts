import type { Word } from './shell-word.ts';

/** What each word after a program is. Words that an expansion decides are among the operands. */
export interface ReadWords {
  flags: Flag[];
  operands: Word[];
  /** Of docker: what is run in a container. */
  inner: Word[];
  /** Of docker: `run`, `network create`. */
  verb: string;
}

export interface Flag {
  word: Word;
  /** `--name`, `-p`; a cluster like `-it` as it stands. */
  name: string;
  /** Its value, where that is a word of its own. */
  value: Word | null;
}

const groups = [
  'container',
  'image',
  'volume',
  'network',
  'compose',
  'buildx',
  'builder',
  'system',
  'context',
];
const innerAfterFirst = ['run', 'create', 'exec'];

const valuedLong = new Set(
  [
    'add-host annotation build-arg cap-add cap-drop cgroup-parent cgroupns change cpu-period cpu-quota cpu-shares cpus',
    'cpuset-cpus detach-keys device dns driver entrypoint env env-file expose file filter format gateway gid group-add',
    'health-cmd health-interval health-retries health-start-period health-timeout hostname internal-ip ip ip-range ipc',
    'kernel-memory label last link log-driver log-opt mac-address memory memory-reservation memory-swap message mount name',
    'net network network-alias opt output pid pids-limit platform profile project-directory project-name publish pull restart',
    'runtime scale scope security-opt shm-size signal since sysctl stop-signal stop-timeout subnet tag tail target time timeout',
    'tmpfs ulimit until user userns uts volume volume-driver volumes-from workdir',
  ].flatMap((names) => names.split(' ')),
);
const valuedShort: Record<string, string> = {
  run: 'aceghlmpuvw',
  create: 'aceghlmpuvw',
  exec: 'euw',
  build: 'fto',
  compose: 'fp',
  stop: 'st',
  restart: 'st',
  kill: 's',
  logs: 'n',
  ps: 'nf',
  images: 'f',
  inspect: 'f',
  commit: 'acm',
  'network create': 'do',
  'volume create': 'do',
};
const valuedElsewhere: Record<string, string> = {
  mount: 'to',
  mkdir: 'm',
  install: 'mogt',
  curl: 'odHXmuw',
  head: 'nc',
  tail: 'nc',
  cut: 'dfc',
  ps: 'op',
  nsenter: 't',
  tar: 'fC',
  umoci: 'o',
};

/** Tells flags, operands and the inner command apart, of docker by what is known of it. */
export function readWords(words: readonly Word[]): ReadWords {
  const program = (words[0]?.literal ?? '').replace(/^.*\//, '');
  const read: ReadWords = { flags: [], operands: [], inner: [], verb: '' };
  const isDocker = program === 'docker';
  let group = '';
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index]!;
    const text = word.literal;
    if (text !== null && /^--?[A-Za-z]/.test(text)) {
      const value = takesValue(
        text,
        isDocker ? valuedOf(read.verb || group) : (valuedElsewhere[program] ?? ''),
        isDocker,
      );
      const next = value ? (words[index + 1] ?? null) : null;
      read.flags.push({ word, name: text.replace(/=.*/s, ''), value: next });
      if (next !== null) index += 1;
    } else if (isDocker && read.verb === '' && text !== null) {
      if (group === '' && groups.includes(text)) group = text;
      else read.verb = group === 'network' || group === 'volume' ? `${group} ${text}` : text;
    } else {
      read.operands.push(word);
      if (isDocker && innerAfterFirst.includes(read.verb)) {
        read.inner = words.slice(index + 1);
        break;
      }
    }
  }
  return read;
}

function valuedOf(verb: string): string {
  return valuedShort[verb] ?? '';
}

function takesValue(flag: string, short: string, isDocker: boolean): boolean {
  if (flag.startsWith('--')) return isDocker && !flag.includes('=') && valuedLong.has(flag.slice(2));
  // `-p8080:80` has its value with it; of `-itp 80:80` only the last letter can take one.
  return /^-[A-Za-z]+$/.test(flag) && short.includes(flag.at(-1)!);
}
