/** `node edit-bundle.ts EDITS.json BUNDLE`: what the wrapper of the runtime runs before a container is created. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type Edit, type Spec } from './bundle-edit.ts';

const [edits = '', bundle = ''] = process.argv.slice(2);
const file = join(bundle, 'config.json');
const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;
for (const edit of JSON.parse(readFileSync(edits, 'utf8')) as Edit[]) apply(spec, edit);
writeFileSync(file, JSON.stringify(spec));
