import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { firstEntries } from '../untrusted-record.ts';

/** As Docker writes texts, lists of words and labels; what is no such thing is as good as absent. */
export const textSchema = z.string().catch('');
export const wordsSchema = firstItems(z.string(), 1_000).catch([]);
export const textsByKeySchema = firstEntries(z.string(), 1_000).catch(new Map<string, string>());
