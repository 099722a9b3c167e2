/** One line of Docker's `/events`. */
import type { DockerEventObservation } from '../grader/observer.ts';

const maxAttributes = 200;
const maxTextLength = 4096;

/** Null for a line that is no event: empty, not JSON, or without type and action. */
export function parseDockerEvent(line: string): DockerEventObservation | null {
  let raw: unknown;
  try {
    raw = JSON.parse(line, keepWholeNumber);
  } catch {
    return null;
  }
  if (!isRecord(raw) || !isText(raw['Type']) || !isText(raw['Action'])) return null;
  const actor = isRecord(raw['Actor']) ? raw['Actor'] : {};
  const time = raw['timeNano'];
  return {
    type: raw['Type'],
    action: raw['Action'],
    actorId: isText(actor['ID']) ? actor['ID'] : '',
    attributes: attributesOf(actor['Attributes']),
    timeNano: typeof time === 'bigint' ? time : 0n,
  };
}

/** Nanoseconds since 1970 do not fit in a double. */
function keepWholeNumber(key: string, value: unknown, context?: { source?: string }): unknown {
  if (key === '__proto__') return undefined;
  if (key !== 'timeNano' || typeof value !== 'number') return value;
  const source = context?.source ?? '';
  return /^\d{1,19}$/.test(source) ? BigInt(source) : value;
}

function attributesOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, string] => isText(entry[1]));
  return Object.fromEntries(entries.slice(0, maxAttributes));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxTextLength;
}
