import { decode, encode, type RecordType } from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerQuery } from './names.ts';

const options = { names: new Set(['packages.test']), address: '10.77.0.1' };

function ask(name: string, type: RecordType) {
  const answer = answerQuery(
    encode({ type: 'query', id: 7, flags: 0x100, questions: [{ name, type }] }),
    options,
  );
  return answer === null ? null : decode(answer);
}

test('an allowed name is the gateway, in whatever case', () => {
  expect(ask('Packages.TEST', 'A')).toMatchObject({
    id: 7,
    rcode: 'NOERROR',
    answers: [{ data: '10.77.0.1' }],
  });
  // The name exists, but has no IPv6 address: anything else would stop resolvers from asking for the other.
  expect(ask('packages.test', 'AAAA')).toMatchObject({ rcode: 'NOERROR', answers: [] });
});

test('any other name does not exist', () => {
  for (const name of ['example.org', 'packages.test.evil', 'xpackages.test', 'test']) {
    expect(ask(name, 'A')).toMatchObject({ rcode: 'NXDOMAIN', answers: [] });
  }
});

test('no datagram does more than get an answer or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void answerQuery(Buffer.from(bytes), options)),
  );
  const answer = encode({ type: 'response', id: 1, questions: [{ name: 'packages.test', type: 'A' }] });
  expect(answerQuery(answer, options)).toBeNull();
});
