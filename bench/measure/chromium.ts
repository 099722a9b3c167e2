import { chromium, type Browser } from 'playwright-core';
import type { BenchContext } from '../../bin/bench-module.ts';
import { messageOf } from '../../protocol/errors.ts';

/** Without WebGL, which draws everybody's text into the page alike. */
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-3d-apis'];

/** Debian's; null, and a note, where there is none. */
export async function launchBrowser({ onNote }: Pick<BenchContext, 'onNote'>): Promise<Browser | null> {
  try {
    return await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: flags });
  } catch (error) {
    onNote(`Nothing was measured in a browser: ${messageOf(error).split('\n')[0]}`);
    return null;
  }
}
