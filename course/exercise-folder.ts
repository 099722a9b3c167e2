import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exerciseSchema, type Exercise } from '../protocol/exercise.ts';
import { contradictionsIn } from './check-rules.ts';
import { closest } from './closest.ts';
import type { ExerciseScripts } from './course.ts';
import { exerciseAnchor, guideAnchors } from './guide.ts';
import type { Problem } from './problem.ts';
import { readTextFile } from './text-file.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';

export interface ExerciseFolder {
  exercise: Exercise;
  scripts: ExerciseScripts;
}

const belongs = '`exercise.yaml`, `setup.sh`, `solve.sh`, `alt-*.sh` and `wrong-*.sh`';

/** Reads one exercise with its scripts, and judges that they belong together. `folder` is null where it is unreadable. */
export async function readExerciseFolder(
  dir: string,
): Promise<{ folder: ExerciseFolder | null; problems: Problem[] }> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.map((entry) => entry.name).filter((name) => !name.startsWith('.'));
  const problems = strayFiles(dir, names);
  const file = join(dir, 'exercise.yaml');
  const text = await readTextFile(file);
  if (text === null) {
    const message = 'there is no such file; expected one in each exercise folder';
    problems.push({ file, at: null, message, guide: guideAnchors.exercise });
    return { folder: null, problems };
  }
  const parsed = parseYaml({ file, text, guide: exerciseAnchor }, exerciseSchema);
  if (!parsed.ok) return { folder: null, problems: [...problems, ...parsed.problems] };
  problems.push(...contradictions(parsed.document), ...missingScripts(dir, names, parsed.document));
  const exercise = parsed.document.value;
  const path = (name: string): string => join(dir, name);
  const scripts: ExerciseScripts = {
    setup: names.includes('setup.sh') ? path('setup.sh') : null,
    solve: path('solve.sh'),
    alternatives: names
      .filter((name) => /^alt-.*\.sh$/.test(name))
      .toSorted()
      .map(path),
    wrong: exercise.wrong.map(({ script, fails, says }) => ({ path: path(script), fails, says })),
  };
  return { folder: { exercise, scripts }, problems };
}

const guide = guideAnchors.scripts;

function strayFiles(dir: string, names: readonly string[]): Problem[] {
  const known = /^(exercise\.yaml|setup\.sh|solve\.sh|(alt|wrong)-[a-z0-9]+(-[a-z0-9]+)*\.sh)$/;
  return names
    .filter((name) => !known.test(name))
    .map((name) => {
      const meant = closest(name, ['exercise.yaml', 'setup.sh', 'solve.sh']);
      const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
      return { file: join(dir, name), at: null, message: `unknown file; expected ${belongs}${hint}`, guide };
    });
}

function contradictions({ value, problemAt }: YamlDocument<Exercise>): Problem[] {
  return value.checks.flatMap((check, index) =>
    contradictionsIn(check).map(({ path, message }) => problemAt(['checks', index, ...path], message)),
  );
}

function missingScripts(
  dir: string,
  names: readonly string[],
  { value, problemAt }: YamlDocument<Exercise>,
): Problem[] {
  const problems: Problem[] = [];
  if (!names.includes('solve.sh')) {
    const message = 'there is no such file; expected the model solution, which makes every check pass';
    problems.push({ file: join(dir, 'solve.sh'), at: null, message, guide });
  }
  if (!names.some((name) => name.startsWith('alt-'))) {
    const message =
      'there is no `alt-*.sh`; expected at least one other way to the same state, like `alt-by-hand.sh`';
    problems.push({ file: dir, at: null, message, guide });
  }
  const wrongScripts = names.filter((name) => name.startsWith('wrong-'));
  for (const [index, { script }] of value.wrong.entries()) {
    if (wrongScripts.includes(script)) continue;
    const meant = closest(script, wrongScripts);
    const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
    const message = `there is no file \`${script}\` beside this; expected one${hint}`;
    problems.push(problemAt(['wrong', index, 'script'], message));
  }
  for (const name of wrongScripts.filter((each) => !value.wrong.some(({ script }) => script === each))) {
    const message =
      'no entry of `wrong` in exercise.yaml names this script; expected one with `script`, `fails` and `says`';
    problems.push({ file: join(dir, name), at: null, message, guide });
  }
  return problems;
}
