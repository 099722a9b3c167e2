/** The checkout this program runs from. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const repositoryRoot = path.dirname(import.meta.dirname);

/** The Node that package.json pins, whatever the host has. */
export const nodePath = path.join(repositoryRoot, 'node_modules/.bin/node');

export interface RepositoryOwner {
  uid: number;
  gid: number;
  home: string;
}

/** Who owns the checkout: what is built inside it is built as them, so that they can delete it again. */
export function repositoryOwner(root: string = repositoryRoot): RepositoryOwner {
  const { uid, gid } = statSync(root);
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[2] === String(uid));
  return { uid, gid, home: entry?.[5] ?? '/nonexistent' };
}

export function productVersion(): string {
  const text = readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
