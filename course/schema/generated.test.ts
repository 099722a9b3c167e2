import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated.ts';

const repository = join(import.meta.dirname, '../..');

test('what is made from the schemas is as it is committed', async () => {
  for (const [path, text] of Object.entries(await generatedFiles(repository))) {
    const committed = readFileSync(join(repository, path), 'utf8');
    expect(committed === text, `${path} is not current: run npm run schemas, and commit what it writes`).toBe(
      true,
    );
  }
});
