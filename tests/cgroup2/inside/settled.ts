import { setTimeout as delay } from 'node:timers/promises';

/** Whether the condition came to hold within a minute: emulation is slow, and slower on a busy host. */
export async function settled(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await condition()) return true;
    await delay(100);
  }
  return false;
}
