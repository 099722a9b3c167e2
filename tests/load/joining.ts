/**
 * Learners who join while others work, through a whole course: `node tests/load/joining.ts 30 30`, those who join and those
 * who work. Each of the first opens a shell within thirty seconds of the others; each of the second runs containers all the
 * while. Prints one JSON object. As root; ends by itself.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Browser } from '../../portal/browser.fixture.ts';
import { RunningCourse } from '../running-course.ts';

const joining = Number(process.argv[2] ?? 30);
const working = Number(process.argv[3] ?? 30);
const withinMs = 30_000;

await using course = await RunningCourse.start({ config: { capacity: { warm: 2 } } });
const faults: Record<string, number> = {};
const fault = (error: unknown): void => {
  const { message } = error as Error;
  faults[message] = (faults[message] ?? 0) + 1;
};

/** From the click to a prompt, and to Docker. */
async function join() {
  const browser = new Browser(() => course.url);
  const startMs = performance.now();
  await browser.get('/api/me');
  for (;;) {
    const { status, json } = await browser.post('/api/sandbox');
    if (status !== 200) throw new Error(`POST /api/sandbox: ${json.error.code}`);
    if (json.status === 'running') break;
    await delay(500);
  }
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  const terminal = browser.terminal(id);
  await terminal.attach();
  await terminal.until(() => terminal.bytes.includes('root@camp'));
  const promptMs = performance.now() - startMs;
  while ((await browser.get('/api/me')).json.sandbox.docker !== 'ready') await delay(200);
  return { terminal, promptMs, dockerMs: performance.now() - startMs };
}

const percentile = (values: number[], share: number): number | null =>
  values.length === 0
    ? null
    : Math.round(values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] as number);

const workers = await Promise.all(
  Array.from({ length: working }, async (_, index) => {
    await delay((index * withinMs) / working);
    return join().catch((error: unknown) => fault(error));
  }),
);
process.stderr.write(`${workers.filter(Boolean).length} work\n`);
const isOver = (text: string): boolean => /^rounds \d+/m.test(text);
for (const worker of workers)
  worker?.terminal.type(
    'n=0; end=$((SECONDS+60)); while [ $SECONDS -lt $end ]; do docker run --rm busybox true && n=$((n+1)); sleep 2; done; echo "rou""nds $n"\n',
  );
const joined = await Promise.all(
  Array.from({ length: joining }, async (_, index) => {
    await delay((index * withinMs) / joining);
    return join().catch((error: unknown) => fault(error));
  }),
);
await Promise.all(
  workers.map((worker) =>
    worker?.terminal.until(() => isOver(worker.terminal.bytes.toString())).catch(fault),
  ),
);
const rounds = workers.map((worker) =>
  Number(/^rounds (\d+)/m.exec(worker?.terminal.bytes.toString() ?? '')?.[1]),
);
const reached = joined.filter((one) => one !== undefined);
for (const one of [...workers, ...reached]) one?.terminal.socket.terminate();
process.stdout.write(
  `${JSON.stringify(
    {
      joined: reached.length,
      worked: rounds.filter((count) => count > 0).length,
      containersRun: rounds.reduce((sum, count) => sum + (count || 0), 0),
      promptMs: {
        p50: percentile(
          reached.map((one) => one.promptMs),
          0.5,
        ),
        p95: percentile(
          reached.map((one) => one.promptMs),
          0.95,
        ),
      },
      dockerMs: {
        p50: percentile(
          reached.map((one) => one.dockerMs),
          0.5,
        ),
        p95: percentile(
          reached.map((one) => one.dockerMs),
          0.95,
        ),
      },
      faults,
    },
    null,
    2,
  )}\n`,
);
for (const { id } of await course.client.list()) await course.client.destroy(id);
