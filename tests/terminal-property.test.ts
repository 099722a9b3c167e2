import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cut, cuts, output } from '../portal/terminals/output.fixture.ts';
import { Reader } from '../portal/terminals/reader.fixture.ts';
import { PortalFixture } from '../portal/portal.fixture.ts';
import { transports } from '../site/src/browser/terminal/transport-choice.ts';
import { ContraryProxy } from './network/contrary-proxy.ts';
import { PageTerminal } from './network/page-terminal.ts';

const query = '\x1b[c';
const answer = '\x1b[?1;2c';
const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant('print' as const) },
  { weight: 2, arbitrary: fc.constant('cut' as const) },
  { weight: 1, arbitrary: fc.constant('reload' as const) },
  { weight: 1, arbitrary: fc.constant('ask' as const) },
  { weight: 1, arbitrary: fc.constant('cut-upstream' as const) },
);
const live = { timeout: 10_000, interval: 5 };

test.each(transports)(
  'over %s: whatever is printed, cut and reloaded, the page shows what the machine printed, and answers no query twice',
  async (transport) => {
    const proxy = await new ContraryProxy({}).start();
    onTestFinished(() => proxy[Symbol.asyncDispose]());
    const portal = await PortalFixture.start({ overrides: { publicOrigins: [proxy.origin] } });
    proxy.targetPort = portal.portal.port;
    const browser = await portal.visit();
    const headers = { origin: proxy.origin };
    await browser.post('/api/sandbox', undefined, { headers });
    const page = (terminalId: string) =>
      new PageTerminal({
        at: () => proxy.origin,
        origin: () => proxy.origin,
        cookie: browser.cookie,
        terminalId,
        only: transport,
      });

    await fc.assert(
      fc.asyncProperty(
        output,
        cuts,
        fc.array(step, { minLength: 2, maxLength: 12 }),
        async (bytes, sizes, steps) => {
          const terminal = portal.server.sandbox.openTerminal({ cols: 80, rows: 24 });
          // A machine that does not echo: what comes is what the page's emulator answered.
          terminal.onInput = () => {};
          const printed: Buffer[] = [];
          const print = (part: Buffer): void => {
            printed.push(part);
            terminal.print(part);
          };
          let asked = 0;
          let shown = page(terminal.id);
          try {
            await vi.waitFor(() => expect(shown.connection.status.kind).toBe('live'), live);
            const parts = cut(bytes, sizes);
            for (let at = 0, turn = 0; at < parts.length; turn += 1) {
              const next = turn > 40 ? 'print' : steps[turn % steps.length];
              if (next === 'print') print(parts[at++] as Buffer);
              if (next === 'cut') proxy.cutAll();
              if (next === 'cut-upstream') terminal.cut();
              if (next === 'ask') {
                // Only what is no part of a sequence that came before it is a query.
                print(Buffer.from(`\x18${query}`));
                asked += 1;
              }
              if (next === 'reload') {
                shown[Symbol.dispose]();
                shown = page(terminal.id);
              }
              await new Promise((resolve) => setImmediate(resolve));
            }
            print(Buffer.from('\x18\x1b[?1049l\x1b[r\x1b[4l\x1b(B\x0f\x1b[m\x1b[24;1H\r\nthe end'));
            await vi.waitFor(() => expect(shown.lines.join('\n')).toContain('the end'), live);
            const whole = new Reader({ cols: 80, rows: 24 });
            await whole.read(Buffer.concat(printed));
            expect(shown.screen.reader.seen).toEqual(whole.seen);
            const answers = Buffer.concat(terminal.input).toString('latin1').split(answer).length - 1;
            const queries = Buffer.concat(printed).toString('latin1').split(query).length - 1;
            expect(answers).toBeLessThanOrEqual(Math.max(queries, asked));
          } finally {
            shown[Symbol.dispose]();
            portal.server.sandbox.terminals.delete(terminal.id);
            terminal.end();
          }
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  },
  240_000,
);
