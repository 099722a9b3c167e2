import { expect, test } from 'vitest';
import { capabilitiesWithin } from './capabilities.ts';

test('only what the host has, and never what is withheld', () => {
  const all = capabilitiesWithin('1ffffffffff');
  expect(all).toContain('CAP_SYS_ADMIN');
  for (const withheld of ['CAP_SYS_MODULE', 'CAP_SYS_RESOURCE', 'CAP_SYS_TIME', 'CAP_SYSLOG', 'CAP_BPF'])
    expect(all).not.toContain(withheld);
  // Bit 27 is CAP_MKNOD: a host in a container may lack it.
  expect(capabilitiesWithin('1fff7ffffff')).toEqual(all.filter((name) => name !== 'CAP_MKNOD'));
  expect(capabilitiesWithin('0000000000000001')).toEqual(['CAP_CHOWN']);
});
