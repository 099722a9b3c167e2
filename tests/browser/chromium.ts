/** Debian's Chromium, headless, asking nothing of the outside. */
import { chromium, type Browser } from 'playwright-core';

export const chromiumPath = '/usr/bin/chromium';

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

/** `executablePath`: a program that starts it elsewhere, such as in a network namespace. */
export function launchChromium({
  graphics = false,
  executablePath = chromiumPath,
}: { graphics?: boolean; executablePath?: string } = {}): Promise<Browser> {
  const args = [...flags, ...(graphics ? withGraphics : withoutGraphics)];
  return chromium.launch({ executablePath, headless: true, args });
}
