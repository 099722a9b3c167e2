/** Reads the operator's configuration; its fields stand in `protocol/course-config.ts`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { Layout } from '../host/layout.ts';
import { courseConfigSchema, type CourseConfig } from '../protocol/course-config.ts';
import { CodedError } from '../protocol/errors.ts';

/**
 * `file` where one was named, else `config.yaml` of the data directory, else all defaults. YAML, of which JSON is a part.
 * Throws CONFIG_INVALID naming every field that is wrong.
 */
export function readCourseConfig(layout: Pick<Layout, 'dataDir'>, file?: string): CourseConfig {
  const path = file ?? join(layout.dataDir, 'config.yaml');
  if (file === undefined && !existsSync(path)) return courseConfigSchema.parse({});
  const parsed = courseConfigSchema.safeParse(readYaml(path) ?? {});
  if (parsed.success) return parsed.data;
  const faults = z.prettifyError(parsed.error);
  throw new CodedError('CONFIG_INVALID', `${path}:\n${faults}\nThe fields are listed in docs/operating.md.`);
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const found = cause instanceof YAMLParseError ? cause.message.trimEnd() : (cause as Error).message;
    const message = `${path} cannot be read: ${found}\nExpected a YAML or JSON file as docs/operating.md has it.`;
    throw new CodedError('CONFIG_INVALID', message, { cause });
  }
}
