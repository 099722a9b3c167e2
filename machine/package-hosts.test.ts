import { expect, test } from 'vitest';
import { hostsOf } from './package-hosts.ts';

test('each server once, with the port its address has or means', () => {
  const hosts = hostsOf({
    mirror: {
      main: { uri: 'http://mirror.example/debian' },
      security: { uri: 'http://mirror.example/debian-security' },
    },
    npmRegistry: 'https://npm.example:4873',
  });
  expect(hosts).toEqual([
    { host: 'mirror.example', port: 80, scheme: 'http' },
    { host: 'npm.example', port: 4873, scheme: 'https' },
  ]);
});
