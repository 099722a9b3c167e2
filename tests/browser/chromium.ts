/** Debian's Chromium, headless, asking nothing of the outside. */
import { chromium, type Browser } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
// Without WebGL the terminal draws text into the page, where a test can read it; it is also what many learners get.
const withoutGraphics = ['--disable-gpu', '--disable-3d-apis'];
/** Computed, as there is no card. */
const withGraphics = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

export function launchChromium({ graphics = false }: { graphics?: boolean } = {}): Promise<Browser> {
  const args = [...flags, ...(graphics ? withGraphics : withoutGraphics)];
  return chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args });
}
