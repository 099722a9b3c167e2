import { checkSchema } from '../protocol/exercise.ts';

/** Where docs/authoring.md explains what a problem is about: anchors of its headings. */
export const guideAnchors = {
  folders: 'folders',
  module: 'module',
  lesson: 'lesson',
  lessons: 'lessons',
  commands: 'commands',
  links: 'links-and-pictures',
  exercise: 'exercise',
  scripts: 'scripts',
  languages: 'other-languages',
} as const;

const kinds = checkSchema.options.map((option): string => option.shape.kind.value);

/** Of a place in exercise.yaml: the kind of check that stands there, or the exercise. */
export function exerciseAnchor(path: readonly PropertyKey[], input: unknown): string {
  const [top, index] = path;
  if (top !== 'checks' || typeof index !== 'number') return guideAnchors.exercise;
  const checks: unknown = (input as { checks?: unknown } | null)?.checks;
  const check: unknown = Array.isArray(checks) ? checks[index] : undefined;
  const kind = typeof check === 'object' && check !== null && 'kind' in check ? check.kind : undefined;
  return typeof kind === 'string' && kinds.includes(kind) ? `check-${kind}` : guideAnchors.exercise;
}
