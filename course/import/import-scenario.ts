/** Makes a lesson of a scenario: a start, and a list of what an author has to do by hand. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { loadCourse } from '../load.ts';
import { problemWithGuide, CourseInvalid } from '../problem.ts';
import { scaffold } from '../scaffold/scaffold.ts';
import { exerciseFilesOf } from './scenario-exercise.ts';
import { headingOf, lessonTextOf, type LessonText } from './scenario-text.ts';
import { readScenario, readScenarioFile, type Scenario, type ScenarioPage } from './scenario.ts';

export interface ImportOptions {
  scenarioDir: string;
  contentDir: string;
  /** `MODULE/LESSON`: the module exists, the lesson is new. */
  name: string;
}

export interface Imported {
  files: string[];
  /** In the author's words, each with where it is. */
  left: string[];
}

/** Throws USAGE for what is no scenario, and for a name that is taken or has no place. */
export async function importScenario({ scenarioDir, contentDir, name }: ImportOptions): Promise<Imported> {
  const scenario = await readScenario(scenarioDir);
  const [lessonFile = ''] = await scaffold({ contentDir, kind: 'lesson', name });
  const importing: Importing = {
    scenarioDir,
    scenario,
    dir: dirname(lessonFile),
    commands: [],
    setup: [],
    files: [lessonFile],
    left: [],
  };
  const sections = [await pageText(importing, scenario.details.intro, null)];
  for (const [index, step] of scenario.details.steps.entries())
    sections.push(await stepText(importing, step, index));
  sections.push(await pageText(importing, scenario.details.finish, null));
  await writeFile(
    lessonFile,
    `${frontmatterOf(scenario)}\n${sections.filter((text) => text !== '').join('\n\n')}\n\n${closing}`,
  );
  return {
    files: importing.files,
    left: [...importing.left, ...(await faultsOf(contentDir, importing.dir))],
  };
}

interface Importing extends Imported {
  scenarioDir: string;
  scenario: Scenario;
  /** Of the new lesson. */
  dir: string;
  /** Of all steps so far: each builds on those before it. */
  commands: string[];
  /** The same of what ran unseen. */
  setup: string[];
}

const closing = `<CanDo>

- To do: what the learner can do now.

</CanDo>

<ReadOn>

- To do: a manual page, and what the reader finds there.

</ReadOn>
`;

function frontmatterOf({ title, description, time }: Scenario): string {
  const minutes = Number(/\d+/.exec(String(time ?? ''))?.[0] ?? 15);
  const summary = description.replaceAll(/\s+/g, ' ').trim().slice(0, 240);
  return [
    '---',
    `title: ${JSON.stringify(title.slice(0, 70).padEnd(3, '.'))}`,
    `summary: ${JSON.stringify(summary.length < 10 ? `${title}: say in one sentence what the learner can do afterwards.` : summary)}`,
    `minutes: ${Math.min(60, Math.max(3, minutes))}`,
    '---',
    '',
  ].join('\n');
}

async function pageText(
  importing: Importing,
  page: Scenario['details']['intro'],
  title: string | null,
): Promise<string> {
  if (page?.text === undefined) return '';
  return (await convert(importing, page.text, title ?? page.title ?? '')).mdx;
}

async function convert(importing: Importing, file: string, title: string): Promise<LessonText> {
  const { scenarioDir, dir, left } = importing;
  const bytes = await readScenarioFile(scenarioDir, file);
  if (bytes === null) left.push(`${file} is named by index.json and is not there`);
  const text = lessonTextOf(bytes?.toString('utf8') ?? '', { title });
  left.push(...text.left.map((each) => `${file}: ${each}`));
  for (const picture of text.pictures) {
    const found = await readScenarioFile(scenarioDir, join(dirname(file), picture));
    if (found === null) continue;
    const to = join(dir, basename(picture));
    await writeFile(to, found);
    importing.files.push(to);
  }
  return text;
}

async function stepText(importing: Importing, step: ScenarioPage, index: number): Promise<string> {
  const { left, scenario } = importing;
  const title = step.title ?? `Step ${index + 1}`;
  const text = await convert(importing, step.text, title);
  importing.commands.push(...text.commands);
  const slug = slugOf(title, index);
  for (const script of [
    step.foreground,
    step.code,
    index === 0 ? (scenario.details.intro?.foreground ?? scenario.details.intro?.code) : undefined,
  ]) {
    if (script !== undefined)
      left.push(
        `${script} was typed into the terminal by itself: have the learner run it, or do it in setup.sh`,
      );
  }
  const placed = step.verify === undefined ? '' : `\n\n<Exercise id="${slug}" />`;
  if (step.verify === undefined) {
    left.push(`step ${index + 1}, ${title}: it had no verify script; is there a state to ask for?`);
    if (index === 0 || step.background !== undefined) await noteSetup(importing, step, index);
  } else {
    const files = await exerciseFilesOf({ ...importing, step, index, title });
    const dir = join(importing.dir, 'exercises', `${index + 1}-${slug}`);
    await mkdir(dir, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(dir, name), content);
      importing.files.push(join(dir, name));
    }
  }
  return `${headingOf(title)}\n\n${text.mdx}${placed}`;
}

/** Set-up scripts belong to exercises. */
async function noteSetup({ left, scenario }: Importing, step: ScenarioPage, index: number): Promise<void> {
  const intro =
    index === 0 ? (scenario.details.intro?.background ?? scenario.details.intro?.courseData) : undefined;
  for (const script of [intro, step.background]) {
    if (script !== undefined)
      left.push(
        `${script} ran unseen before this step, which has no exercise: put it into an exercise's setup.sh`,
      );
  }
}

function slugOf(title: string, index: number): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return words === '' ? `step-${index + 1}` : words;
}

/** What the loader says of the new lesson, as far as it is one. */
async function faultsOf(contentDir: string, dir: string): Promise<string[]> {
  try {
    await loadCourse(contentDir);
    return [];
  } catch (error) {
    if (!(error instanceof CourseInvalid)) throw error;
    return error.problems.filter(({ file }) => file.startsWith(dir)).map(problemWithGuide);
  }
}
