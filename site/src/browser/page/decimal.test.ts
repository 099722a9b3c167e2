import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('tenths of seconds and sizes are written as the language of the page does', async () => {
  const texts = async () => {
    vi.resetModules();
    const { describeDuration } = await import('../terminal/command-text.ts');
    const { describeBytes } = await import('../machine/byte-text.ts');
    return [describeDuration(1_234), describeBytes(1_500_000), describeBytes(1_000)];
  };
  expect(await texts()).toEqual(['1.2 s', '1.5 MB', '1.0 kB']);
  vi.stubGlobal('document', {
    documentElement: { lang: 'de' },
    getElementById: () => ({ textContent: '{ "an instant": "im Nu" }' }),
  });
  expect(await texts()).toEqual(['1,2 s', '1,5 MB', '1,0 kB']);
});
