import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';

const wordSchema = z.string().max(4_096);
const wordsSchema = firstItems(wordSchema, 200).catch([]);

const mountSeenSchema = z.object({
  target: wordSchema,
  type: z.string().max(64),
  source: wordSchema.catch(''),
  root: wordSchema.catch(''),
  device: z.string().max(32).catch(''),
  options: wordsSchema,
  superOptions: wordsSchema,
});
export type MountSeen = z.output<typeof mountSeenSchema>;

const mountTableSchema = z.object({
  ns: z.string().max(64),
  root: wordSchema,
  mounts: firstItems(mountSeenSchema, 1_000),
});
export type MountTable = z.output<typeof mountTableSchema>;

export const mountTablesSeenSchema = firstItems(mountTableSchema, 100);
