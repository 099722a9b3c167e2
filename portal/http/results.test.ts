import { expect, test } from 'vitest';
import { PortalFixture, exerciseId } from '../portal.fixture.ts';

const at = `/api/exercises/${exerciseId}`;

async function visiting() {
  const portal = await PortalFixture.start();
  return { portal, browser: await portal.visit() };
}

test('a hint that was opened and a solution that was seen stand in the results', async () => {
  const { browser } = await visiting();
  expect((await browser.post(`${at}/hint`, { number: 1 })).json).toMatchObject({ exerciseId, hintsUsed: 1 });
  const first = (await browser.post(`${at}/solution`)).json;
  expect(first).toMatchObject({ exerciseId, script: 'true\n' });
  expect((await browser.post(`${at}/solution`)).json.solutionSeenAt).toBe(first.solutionSeenAt);
  const { json } = await browser.get('/api/results');
  expect(json).toMatchObject({
    earned: 0,
    exercises: [{ exerciseId, hintsUsed: 1, hintsGiven: 1, solutionSeenAt: first.solutionSeenAt, tries: 0 }],
  });
});

test('they can be taken along as JSON and CSV', async () => {
  const { browser } = await visiting();
  const json = await browser.get('/api/results.json');
  expect(json.headers.get('content-disposition')).toBe('attachment; filename="chrootcamp-results.json"');
  const csv = await browser.get('/api/results.csv');
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.text.split('\r\n')[1]).toContain(`,${exerciseId},A jail,,,,0,0,1,,false`);
});

test('what is not there is refused, and everyone has results of their own', async () => {
  const { portal, browser } = await visiting();
  expect((await browser.post(`${at}/hint`, { number: 2 })).json.error.code).toBe('BAD_REQUEST');
  expect((await browser.post(`${at}/hint`, { number: 0 })).json.error.code).toBe('BAD_REQUEST');
  expect((await browser.post('/api/exercises/a/b/c/solution')).json.error.code).toBe('EXERCISE_UNKNOWN');
  await browser.post(`${at}/hint`, { number: 1 });
  const other = await portal.visit();
  expect((await other.get('/api/results')).json.exercises[0].hintsUsed).toBe(0);
});
