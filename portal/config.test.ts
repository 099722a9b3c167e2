import { expect, test } from 'vitest';
import { parseConfig, readConfig } from './config.ts';
import { lifetimesSchema } from '../protocol/lifetimes.ts';
import { OriginList, originsOf } from './http/origin.ts';

const least = { dataDir: '/d', sandboxServerSocket: '/s', siteDir: '/site', contentDir: '/content' };

test('what is not said has its default', () => {
  expect(parseConfig(least, 'x')).toEqual({
    ...least,
    host: '127.0.0.1',
    port: 8080,
    publicOrigins: [],
    logLevel: 'info',
    lifetimes: lifetimesSchema.parse({}),
  });
});

test.each([
  ['an unknown key', { ...least, prot: 80 }, 'prot'],
  ['a port that is none', { ...least, port: 70_000 }, 'port'],
  ['a relative path', { ...least, dataDir: 'data' }, 'absolute path'],
  ['an origin with a path', { ...least, publicOrigins: ['https://a.example/'] }, 'scheme://host'],
  ['nothing', null, 'x is not a configuration'],
])('%s is named', (_name, value, text) => {
  expect(() => parseConfig(value, 'x')).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(text) }),
  );
});

test('a file that is not there is named', () => {
  expect(() => readConfig('/nonexistent.json')).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

test('a portal for this computer is reached by all its local names', () => {
  const origins = new OriginList(originsOf({ host: '127.0.0.1', port: 80 }));
  expect(['http://localhost', 'http://127.0.0.1'].every((origin) => origins.allows(origin))).toBe(true);
  expect(
    ['http://localhost:81', 'https://localhost', 'null', undefined].some((one) => origins.allows(one)),
  ).toBe(false);
  expect(new OriginList(originsOf({ host: '::1', port: 8080 })).allows('http://[::1]:8080')).toBe(true);
  expect(originsOf({ host: '0.0.0.0', port: 8080 })).toContain('http://127.0.0.1:8080');
});
