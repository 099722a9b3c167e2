/** `npm run schemas`: writes what is made from the schemas. For who changes protocol/. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generated.ts';

const repository = join(import.meta.dirname, '../..');
for (const [path, text] of Object.entries(await generatedFiles(repository))) {
  await mkdir(dirname(join(repository, path)), { recursive: true });
  await writeFile(join(repository, path), text);
  console.log(path);
}
