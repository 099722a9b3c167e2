import { expect, test } from 'vitest';
import { capabilitiesWithin } from './capabilities.ts';

test('only what the host has, and never what is withheld', () => {
  const all = capabilitiesWithin('1ffffffffff');
  expect(all).toContain('CAP_SYS_ADMIN');
  expect(all).toContain('CAP_SYS_RESOURCE');
  for (const withheld of ['CAP_SYS_MODULE', 'CAP_SYS_TIME', 'CAP_SYSLOG', 'CAP_BPF'])
    expect(all).not.toContain(withheld);
  // Bit 24 is CAP_SYS_RESOURCE: a host in a container often lacks it.
  expect(capabilitiesWithin('1fffeffffff')).toEqual(all.filter((name) => name !== 'CAP_SYS_RESOURCE'));
  expect(capabilitiesWithin('0000000000000001')).toEqual(['CAP_CHOWN']);
});
