/** An exercise of a step that had a verify script: a check that runs it, and what proves that check as far as it is known. */
import { stringify } from 'yaml';
import { readScenarioFile, type Scenario, type ScenarioPage } from './scenario.ts';

export interface ScenarioStep {
  scenarioDir: string;
  scenario: Scenario;
  step: ScenarioPage;
  index: number;
  title: string;
  /** What the text has the reader run, up to and with this step. */
  commands: string[];
  /** What ran unseen before it; what runs for this step is added. */
  setup: string[];
  left: string[];
}

export async function exerciseFilesOf(step: ScenarioStep): Promise<Record<string, string>> {
  const { title, index, commands, left } = step;
  const where = `step ${index + 1}, ${title}`;
  const verify = await scriptOf(step, step.step.verify!);
  step.setup.push(...(await setupOf(step)));
  const setup = step.setup.join('\n');
  const solve = commands.join('\n');
  left.push(
    `${where}: its check runs the scenario's verify script; ask for the state by a declared kind of check where one can, so that learners are told what is missing`,
  );
  left.push(`${where}: alt-the-same.sh is the solution again; write another way to the same state`);
  left.push(
    commands.length > 1
      ? `${where}: wrong-all-but-the-last.sh leaves out the last command alone, and may still solve the step; make it a near miss that fails`
      : `${where}: wrong-all-but-the-last.sh does nothing, since there is one command at most; write a near miss`,
  );
  if (commands.length === 0) left.push(`${where}: its text runs no command; write solve.sh`);
  return {
    'exercise.yaml': exerciseYaml({ title, verify, hasNearMiss: commands.length > 1 }),
    ...(setup === '' ? {} : { 'setup.sh': setup }),
    'solve.sh': `${solve || '# To do: the solution.'}\n`,
    'alt-the-same.sh': `# To do: another way to the same state.\n${solve}\n`,
    'wrong-nothing-done.sh': 'true\n',
    'wrong-all-but-the-last.sh': `# The last command of the step is left out.\n${commands.slice(0, -1).join('\n') || 'true'}\n`,
  };
}

function exerciseYaml({
  title,
  verify,
  hasNearMiss,
}: {
  title: string;
  verify: string;
  hasNearMiss: boolean;
}): string {
  const wrong = (script: string): object => ({ script, fails: 'verified', says: 'Not yet so' });
  const exercise = {
    title: title.slice(0, 70).padEnd(3, '.'),
    task: `To do: say which state to reach, in a sentence or two. Imported from the step "${title.slice(0, 70)}".`,
    checks: [
      {
        id: 'verified',
        kind: 'script',
        label: `To do: say what is looked at: ${title.slice(0, 80)}`,
        run: verify,
        because:
          'It is the verify script of an imported scenario; replace it by declared checks where there are any.',
        asks: 'what this step describes',
      },
    ],
    hints: ['Read the step once more: every command in it can be run by its button.'],
    wrong: [wrong('wrong-nothing-done.sh'), wrong('wrong-all-but-the-last.sh')],
  };
  const note = hasNearMiss
    ? ''
    : '# To do: wrong-all-but-the-last.sh is no near miss yet, since the step has one command at most.\n';
  return `# yaml-language-server: $schema=../../../../../schemas/exercise.json\n${note}${stringify(exercise, { lineWidth: 110 })}`;
}

/** What ran unseen: for the first step the intro's too, and the scenario's files. */
async function setupOf(importing: ScenarioStep): Promise<string[]> {
  const { scenario, step, index } = importing;
  const { intro, assets } = scenario.details;
  const names = [...(index === 0 ? [intro?.background ?? intro?.courseData] : []), step.background].filter(
    (name) => name !== undefined,
  );
  const parts: string[] = [];
  if (index === 0) {
    for (const asset of Object.values(assets ?? {}).flat()) parts.push(await placedAsset(importing, asset));
  }
  for (const name of names) parts.push(await scriptOf(importing, name));
  if (names.length > 0 && index > 0) {
    importing.left.push(
      `step ${index + 1}: ${names.join(', ')} ran when the step was opened; now it runs when the lesson is`,
    );
  }
  return parts.filter((part) => part !== '').map((part) => `${part.trimEnd()}\n`);
}

async function placedAsset(
  { scenarioDir, left }: ScenarioStep,
  asset: { file: string; target: string; chmod?: string | undefined },
): Promise<string> {
  const { file, target, chmod } = asset;
  const bytes = await readScenarioFile(scenarioDir, `assets/${file}`);
  if (bytes === null || bytes.length > 32 * 1024) {
    left.push(
      `the file assets/${file} is ${bytes === null ? 'not there' : 'too large for a script'}; make it in setup.sh`,
    );
    return '';
  }
  const to = `${target.replace(/\/$/, '')}/${file.split('/').at(-1)}`;
  const mode = chmod === undefined ? '' : `chmod ${shellWord(chmod)} ${shellWord(to)}\n`;
  return `mkdir -p ${shellWord(target)}\nbase64 -d > ${shellWord(to)} <<'FILE'\n${bytes.toString('base64').replaceAll(/.{76}/g, '$&\n')}\nFILE\n${mode}`;
}

async function scriptOf({ scenarioDir, left }: ScenarioStep, name: string): Promise<string> {
  const bytes = await readScenarioFile(scenarioDir, name);
  if (bytes === null) left.push(`the script ${name} is named by index.json and is not there`);
  return bytes?.toString('utf8').replaceAll('\r\n', '\n') ?? 'false';
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
