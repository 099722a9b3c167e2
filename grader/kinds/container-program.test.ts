import { expect, test } from 'vitest';
import { programsIn } from './container-program.ts';

test.for<[string[], string[]]>([
  [['date'], ['date']],
  [['/bin/date', '-u', '+%H'], ['date']],
  [['echo', 'date'], ['echo']],
  [['busybox', 'date'], ['date']],
  [['env', '-i', 'TZ=UTC', 'date'], ['date']],
  [['busybox'], ['busybox']],
  [['sh'], ['sh']],
  [[''], ['']],
  [
    ['sh', '-c', 'date'],
    ['sh', 'date'],
  ],
  [
    ['/bin/bash', '-xc', 'echo it is; exec date'],
    ['bash', 'echo', 'date'],
  ],
  [
    ['sh', '-c', 'echo "it is $(date)"'],
    ['sh', 'echo', 'date'],
  ],
  [
    ['sh', '-c', 'while sleep 1; do "date"; done'],
    ['sh', 'sleep', 'date'],
  ],
  [
    ['sh', '-c', 'echo date'],
    ['sh', 'echo'],
  ],
  [
    ['sh', '-c', `echo 'a; date' "b; date"`],
    ['sh', 'echo'],
  ],
  [
    ['sh', '-c', "'date -u'"],
    ['sh', 'date_-u'],
  ],
  [['sh', '-c'], ['sh']],
])('%j runs %j', ([command, programs]) => {
  expect(programsIn(command)).toEqual(programs);
});
