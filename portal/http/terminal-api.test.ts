import { expect, test } from 'vitest';
import { digestOf } from '../../protocol/run-block.ts';
import { PortalFixture, lessonPath } from '../portal.fixture.ts';

const lesson = ['```console', '$ ls', '```', '', '```sh run', 'echo one', 'echo two', '```'].join('\n');
const block = { lesson: lessonPath, block: 1, digest: digestOf('echo one\necho two') };
const promptLine = '\x1b]133;A\x07# \x1b]133;B\x07\x1b[?2004h';

async function withTerminal() {
  const portal = await PortalFixture.start({ lesson });
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  const terminal = portal.server.sandbox.terminals.get(id);
  if (!terminal) throw new Error('no terminal was opened');
  const run = (body: object = block) => browser.post(`/api/terminals/${id}/run`, body);
  const typed = () => Buffer.concat(terminal.input).toString();
  return { portal, browser, id, terminal, run, typed };
}

const json = (body: object) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

test('a block is run by its place in the lesson, line by line, also where no page looks', async () => {
  const { terminal, run, typed } = await withTerminal();
  terminal.onInput = () => {};
  terminal.print(promptLine);
  const answer = await run();
  expect([answer.status, answer.json]).toEqual([202, { lines: 2 }]);
  await expect.poll(() => typed()).toBe('\x05\x15\x1b[200~echo one\x1b[201~\r');
  expect((await run()).json.error.code).toBe('RUN_BUSY');
  terminal.print(promptLine);
  // oxlint-disable-next-line no-control-regex -- the end of a bracketed paste is what is looked for
  await expect.poll(() => typed()).toMatch(/echo two\x1b\[201~\r$/);
});

test.each([
  ['a block that shows something else now', { ...block, digest: digestOf('rm -rf /') }, 'RUN_BLOCK_CHANGED'],
  ['a block that is none', { ...block, block: 7, digest: digestOf('x') }, 'RUN_BLOCK_UNKNOWN'],
  ['a transcript', { ...block, block: 0, digest: digestOf('ls') }, 'RUN_BLOCK_UNKNOWN'],
  ['another lesson', { ...block, lesson: 'no/such' }, 'LESSON_UNKNOWN'],
  ['text of the page', { commands: 'rm -rf /' }, 'BAD_REQUEST'],
  ['text beside the block', { ...block, commands: 'rm -rf /' }, 'BAD_REQUEST'],
])('%s is not run', async (_name, body, code) => {
  const { terminal, run, typed } = await withTerminal();
  terminal.print(promptLine);
  expect((await run(body)).json.error.code).toBe(code);
  expect(typed()).toBe('');
});

test('away from a prompt, and after the end, nothing is run', async () => {
  const { terminal, run } = await withTerminal();
  terminal.print('building ...');
  expect((await run()).json.error).toMatchObject({ code: 'NOT_AT_PROMPT' });
  terminal.exit(0);
  await expect.poll(async () => (await run()).json.error.code).toBe('TERMINAL_GONE');
});

test("another learner's terminal is not typed into", async () => {
  const { portal, id, terminal, typed } = await withTerminal();
  terminal.print(promptLine);
  const other = await portal.visit();
  expect((await other.post(`/api/terminals/${id}/run`, block)).json.error.code).toBe('TERMINAL_GONE');
  expect(typed()).toBe('');
});

test('a name is kept, seen everywhere, and goes with the terminal', async () => {
  const { portal, browser, id } = await withTerminal();
  const rename = (name: unknown) => browser.request('PATCH', `/api/terminals/${id}`, json({ name }));
  const names = async () =>
    (await browser.get('/api/terminals')).json.terminals.map((one: { name: string | null }) => one.name);
  expect((await rename('  the server ')).json).toMatchObject({ id, name: 'the server' });
  const second = (await browser.post('/api/terminals', { cols: 80, rows: 24, name: 'client' })).json;
  expect(second.name).toBe('client');
  await portal.restart();
  expect((await names()).toSorted()).toEqual(['client', 'the server']);
  expect((await rename(null)).json.name).toBe(null);
  await browser.request('DELETE', `/api/terminals/${second.id}`);
  expect(await names()).toEqual([null]);
});

test.each([[''], ['x'.repeat(41)], ['two\nlines'], ['\u202Egnp.exe'], [7]])(
  'the name %j is refused',
  async (name) => {
    const { browser, id } = await withTerminal();
    const answer = await browser.request('PATCH', `/api/terminals/${id}`, json({ name }));
    expect(answer.json.error.code).toBe('BAD_REQUEST');
  },
);

test('the list says how many pages look', async () => {
  const { browser, id } = await withTerminal();
  const page = browser.terminal(id);
  await page.attach();
  expect((await browser.get('/api/terminals')).json.terminals).toMatchObject([{ id, viewers: 1 }]);
});
