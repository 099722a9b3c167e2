/** A course as it runs behind a reverse proxy: pages of its public origin may act, others not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningCourse } from './running-course.ts';

const publicOrigin = 'https://course.example.org';
let course: RunningCourse;
beforeAll(async () => {
  course = await RunningCourse.start({ config: { publicOrigins: [publicOrigin] } });
});
afterAll(() => course?.[Symbol.asyncDispose]());

async function ask(origin: string): Promise<number> {
  const me = await fetch(new URL('/api/me', course.url), { headers: { origin } });
  const [cookie] = me.headers.getSetCookie();
  expect(cookie).toMatch(/; Secure/);
  const headers = { origin, cookie: cookie?.split(';')[0] ?? '' };
  const answer = await fetch(new URL('/api/sandbox', course.url), { method: 'POST', headers });
  return answer.status;
}

test('pages of the public origin may act, those of the address behind it may not; cookies are for https', async () => {
  expect(await ask(publicOrigin)).toBe(200);
  expect(await ask(course.url)).toBe(403);
});
