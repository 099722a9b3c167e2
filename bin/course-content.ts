/** Which course a command is about. */
import path from 'node:path';
import { repositoryRoot } from '../host/repository.ts';
import type { OptionSpecs } from './command.ts';

export const contentOption = {
  content: { type: 'string', value: 'DIR', help: 'the course’s folder (default: the one of this program)' },
} as const satisfies OptionSpecs;

export function contentDirFrom({ content }: { content: string | undefined }): string {
  return content ?? path.join(repositoryRoot, 'content');
}
