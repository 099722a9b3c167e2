import { defineCommand } from '../command.ts';
import { contentDirFrom, contentOption } from '../course-content.ts';
import { writeSchemas } from '../course-schemas.ts';
import { exitCodes } from '../exit-code.ts';

export const command = defineCommand({
  summary: 'write the schemas by which editors complete and check a course',
  usage: '[--course DIR]',
  options: contentOption,
  details: `
Writes DIR/schemas, JSON Schemas of module.yaml, exercise.yaml and the lessons' frontmatter. A file uses one by its first
line, which "course new" writes:

  # yaml-language-server: $schema=../../../../../schemas/exercise.json

Write them again when the program is a newer one.`,
  async run({ values }) {
    const to = await writeSchemas(contentDirFrom(values));
    process.stdout.write(`${to}\n`);
    return exitCodes.ok;
  },
});
