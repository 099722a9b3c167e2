import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** For people to look at: written where `CHROOTCAMP_SCREENSHOTS` names a folder, else nothing. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['CHROOTCAMP_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
