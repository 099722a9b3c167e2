import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { isPublicAddress, mayConnectTo, networksOf } from './public-address.ts';

const inward = [
  '0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.9.9.9 168.63.129.16 169.254.169.254',
  '172.16.0.1 172.31.255.255 192.0.0.192 192.168.0.1 198.18.0.1 198.19.255.255 224.0.0.1 239.1.1.1 240.0.0.1',
  '255.255.255.255 :: ::1 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:93.184.216.34',
  '64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1',
  '2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2002:7f00:1::1 2002:a9fe:a9fe:: 5f00::1 4000::1',
]
  .join(' ')
  .split(' ');

test.each(inward)('%s leads inwards or nowhere', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['1.1.1.1', '9.255.255.255', '100.63.255.255', '172.32.0.1', '203.0.113.80', '2606:4700::1111'])(
  '%s is of the internet',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test('what is no address is not public', () => {
  for (const text of ['', 'localhost', '1.2.3', '0x7f.1', '2130706433', '2606:4700::1111%eth0', '1.1.1.1 ']) {
    expect(isPublicAddress(text)).toBe(false);
    expect(mayConnectTo(text, networksOf(['0.0.0.0/0', '::/0']))).toBe(false);
  }
});

test("the operator's networks are exceptions, and only they", () => {
  const exceptions = networksOf(['10.1.2.0/24', 'fd00:1::/64']);
  expect(mayConnectTo('10.1.2.3', exceptions)).toBe(true);
  expect(mayConnectTo('fd00:1::7', exceptions)).toBe(true);
  expect(mayConnectTo('10.1.3.3', exceptions)).toBe(false);
  expect(mayConnectTo('fd00:2::7', exceptions)).toBe(false);
});

test('an address of this host is not let through, however public', () => {
  const own = Object.values(networkInterfaces()).flatMap((ends) => ends?.map((end) => end.address) ?? []);
  expect(own.length).toBeGreaterThan(0);
  for (const address of own) expect(mayConnectTo(address, networksOf([]))).toBe(false);
});
