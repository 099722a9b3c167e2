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
  // Well-formed down to labels, types and classes that no honest resolver sends.
  const label = fc.uint8Array({ minLength: 1, maxLength: 63 }).map((bytes) => [bytes.length, ...bytes]);
  const query = fc
    .tuple(fc.array(label, { maxLength: 4 }), fc.uint8Array({ minLength: 4, maxLength: 4 }))
    .map(([labels, tail]) => [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels.flat(), 0, ...tail]);
  fc.assert(fc.property(query, (bytes) => void answerQuery(Buffer.from(bytes), options)));
  expect(answerQuery(Buffer.alloc(60_000), options)).toBeNull();
  const answer = encode({ type: 'response', id: 1, questions: [{ name: 'packages.test', type: 'A' }] });
  expect(answerQuery(answer, options)).toBeNull();
});
