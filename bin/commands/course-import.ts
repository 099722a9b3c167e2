import { importScenario } from '../../course/import/import-scenario.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { contentDirFrom, contentOption } from '../course-content.ts';
import { exitCodes } from '../exit-code.ts';

export const command = defineCommand({
  summary: 'make the start of a lesson from a Killercoda or Katacoda scenario',
  usage: 'SCENARIO MODULE/LESSON [--course DIR] [--json]',
  options: { ...contentOption, ...jsonOption },
  details: `
SCENARIO is a folder with index.json in it. Its steps become one lesson of an existing module, blocks and spans marked
{{exec}} get a Run button, and each step with a verify script an exercise whose check runs that script. What could not be
carried over, and what an author should do better by hand, is listed at the end.`,
  positionals: { min: 2, max: 2 },
  async run({ values, positionals }) {
    const [scenarioDir = '', name = ''] = positionals;
    const { files, left } = await importScenario({ scenarioDir, contentDir: contentDirFrom(values), name });
    if (values.json) {
      process.stdout.write(`${JSON.stringify({ files, left })}\n`);
      return exitCodes.ok;
    }
    const course = values.course === undefined ? '' : ` --course ${values.course}`;
    process.stdout.write(`${files.join('\n')}\n\nLeft to do:\n${left.map((each) => `- ${each}\n`).join('')}`);
    process.stdout.write(`\nThen prove it: bin/chrootcamp course verify ${name}${course}\n`);
    return exitCodes.ok;
  },
});
