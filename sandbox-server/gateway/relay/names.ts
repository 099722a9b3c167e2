/** The resolver a sandbox sees: allowed names are the gateway, all others do not exist, at once. */
import { decode, encode, type Packet } from 'dns-packet';

const RECURSION_AVAILABLE = 1 << 7;
const NXDOMAIN = 3;
const ttlSeconds = 60;
/** RFC 1035, 2.3.4. Longer ones only cost time to take apart. */
const maxQueryBytes = 512;

export interface NameOptions {
  /** Lower case. */
  names: ReadonlySet<string>;
  address: string;
}

/** The answer to one query datagram, or null for what is not one (RFC 1035). */
export function answerQuery(datagram: Buffer, { names, address }: NameOptions): Buffer | null {
  // Every byte is a learner's: what is long, or what the codec chokes on in either direction, is not a query.
  if (datagram.length > maxQueryBytes) return null;
  try {
    return encodeAnswer(decode(datagram), { names, address });
  } catch {
    return null;
  }
}

function encodeAnswer(query: Packet, { names, address }: NameOptions): Buffer | null {
  const question = query.questions?.[0];
  if (query.type !== 'query' || question === undefined) return null;
  const known = names.has(question.name.toLowerCase().replace(/\.$/, ''));
  const answers =
    known && question.type === 'A'
      ? [{ type: 'A' as const, name: question.name, ttl: ttlSeconds, data: address }]
      : [];
  return encode({
    type: 'response',
    ...(query.id === undefined ? {} : { id: query.id }),
    // The low bits of the flags are the response code.
    flags: RECURSION_AVAILABLE | ((query.flags ?? 0) & 0x100) | (known ? 0 : NXDOMAIN),
    questions: [question],
    answers,
  });
}
