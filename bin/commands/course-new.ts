import { existsSync } from 'node:fs';
import path from 'node:path';
import { nameForms, scaffold, scaffoldKinds } from '../../course/scaffold/scaffold.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { newContentDirFrom, contentOption } from '../course-content.ts';
import { writeSchemas } from '../course-schemas.ts';
import { exitCodes } from '../exit-code.ts';
import { wordFrom } from '../option-value.ts';

const forms = scaffoldKinds.map((kind) => `${kind} ${nameForms[kind]}`).join(' | ');

export const command = defineCommand({
  summary: 'write the start of a module, a lesson or an exercise',
  usage: `(${forms}) [--course DIR] [--json]`,
  options: {
    ...contentOption,
    ...jsonOption,
  },
  details: `
What it writes is valid as it stands, behind the last of its kind: an exercise comes with a check, a solution, another way
to it and two near misses, is proven by "course verify", and is placed in its lesson. Replace it bit by bit.`,
  positionals: { min: 2, max: 2 },
  async run({ values, positionals }) {
    const [word = '', name = ''] = positionals;
    const kind = wordFrom('what to write', word, scaffoldKinds);
    const contentDir = newContentDirFrom(values);
    const isNew = !existsSync(path.join(contentDir, 'schemas'));
    const files = await scaffold({ contentDir, kind, name });
    if (isNew) files.push(await writeSchemas(contentDir));
    process.stdout.write(values.json ? `${JSON.stringify({ files })}\n` : `${files.join('\n')}\n`);
    if (!values.json && kind === 'exercise') {
      const contentWords = values.course === undefined ? '' : `--course ${values.course} `;
      process.stderr.write(`Prove it: bin/chrootcamp course verify --mutations ${contentWords}${name}\n`);
    }
    return exitCodes.ok;
  },
});
