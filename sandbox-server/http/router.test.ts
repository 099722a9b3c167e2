import { expect, test } from 'vitest';
import { createRouter } from './router.ts';
import { routes } from './routes.ts';

const route = createRouter(routes);

test('ids come out of the path by their exact form', () => {
  const match = route('DELETE', '/v1/sandboxes/abcdef012345/terminals/zyxwvu987654');
  expect(match).toMatchObject({ sandboxId: 'abcdef012345', terminalId: 'zyxwvu987654' });
  expect(match.route.path).toBe('/v1/sandboxes/:id/terminals/:tid');
});

test.each([
  '/v1/sandboxes/ABCDEF012345',
  '/v1/sandboxes/abcdef01234',
  '/v1/sandboxes/..%2f..',
  '//v1/sandboxes',
])('nothing at %s', (path) =>
  expect(() => route('GET', path)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' })),
);

test('a known address asked wrongly says what it offers', () => {
  expect(() => route('PATCH', '/v1/sandboxes')).toThrow(/found PATCH, expected GET, POST/);
});
