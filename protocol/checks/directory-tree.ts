import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';

export const treeEntryTypes = ['file', 'directory', 'link', 'absent'] as const;

const relativePathSchema = z
  .string()
  .max(1024)
  .regex(/^(?!\/)(?!(.*\/)?\.\.?(\/|$))(?!.*\/\/).*[^/]$/s, 'expected a relative path without . or .. in it');

/** Entries below a directory of the learner's machine, by relative path, each of the type given. */
export const directoryTreeCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('directory-tree'),
  path: absolutePathSchema,
  /** `file` and `directory` are also met by a link that leads to one. At most 30. */
  entries: z.record(relativePathSchema, z.enum(treeEntryTypes)).refine((entries) => {
    const count = Object.keys(entries).length;
    return count >= 1 && count <= 30;
  }, 'expected 1 to 30 entries'),
});
export type DirectoryTreeCheck = z.infer<typeof directoryTreeCheckSchema>;
