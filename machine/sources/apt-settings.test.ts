import { expect, test } from 'vitest';
import { selectAptSettings } from './apt-settings.ts';

test('takes what reaching a mirror depends on, and no more', () => {
  const dump = `APT::Architecture "amd64";
Acquire "";
Acquire::http::Proxy "http://proxy.example:3142";
Acquire::https::CaInfo "/etc/ssl/ours.pem";
Acquire::http::Proxy::local.example "DIRECT";
Acquire::https "";
Acquire::Check-Valid-Until "false";
Acquire::Languages:: "none";
DPkg::Post-Invoke:: "something";
`;
  expect(selectAptSettings(dump)).toEqual({
    transport: [
      'Acquire::http::Proxy "http://proxy.example:3142";',
      'Acquire::https::CaInfo "/etc/ssl/ours.pem";',
      'Acquire::http::Proxy::local.example "DIRECT";',
    ],
    validity: ['Acquire::Check-Valid-Until "false";'],
  });
});
