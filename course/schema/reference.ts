/** The reference part of docs/authoring.md, from the same schemas that read the course. */
import type { JsonSchema } from './json-schema.ts';

/** Headings here are what errors of the loader link to. */
export function referenceText(schemas: Readonly<Record<string, JsonSchema>>): string {
  const { exercise, lesson, module, language } = schemas as Record<string, JsonSchema>;
  const definitions = exercise!.definitions as Record<string, JsonSchema>;
  const kinds = Object.keys(definitions).filter((name) => !name.startsWith('nested-'));
  return [
    section('Module', 'Keys of `module.yaml`.', module!),
    section('Lesson', 'Keys of the frontmatter of `lesson.mdx`, between two lines of `---`.', lesson!),
    section('Exercise', 'Keys of `exercise.yaml`.', exercise!),
    section('Language', 'Keys of `languages/CODE/language.yaml`.', language!),
    section(
      'Lesson translation',
      'Keys of the frontmatter of a translated `lesson.mdx`.',
      schemas['lesson-translation']!,
    ),
    section(
      'Exercise translation',
      'Keys of `languages/CODE/MODULE/LESSON/EXERCISE.yaml`.',
      schemas['exercise-translation']!,
    ),
    ...kinds.map((kind) =>
      section(`Check: ${kind}`, String(definitions[kind]!.description ?? ''), definitions[kind]!),
    ),
  ].join('\n');
}

function section(title: string, words: string, schema: JsonSchema): string {
  const rows = rowsOf(schema, '', new Set(['id', 'label', 'kind'].filter(() => title.startsWith('Check: '))));
  const table = rows.length === 0 ? [] : ['| key | value | |', '| --- | --- | --- |', ...rows, ''];
  return [`### ${title}`, '', ...(words === '' ? [] : [words, '']), ...table].join('\n');
}

/** Keys within keys as `expect.state`; those of a list's entries as `ports[].host`. */
function rowsOf(schema: JsonSchema, prefix: string, leftOut: ReadonlySet<string> = new Set()): string[] {
  const required = (schema.required as string[] | undefined) ?? [];
  return Object.entries((schema.properties as Record<string, JsonSchema> | undefined) ?? {}).flatMap(
    ([key, value]) => {
      if (leftOut.has(key)) return [];
      const name = `${prefix}${key}`;
      const notes = [
        ...(required.includes(key) ? ['Needed'] : []),
        ...(value.default === undefined || typeof value.default === 'object'
          ? []
          : [`Default: \`${String(value.default)}\``]),
        ...(typeof value.description === 'string' ? [value.description] : []),
      ];
      const row = `| \`${name}\` | ${cell(valueWords(value))} | ${cell(notes.join('. '))} |`;
      const inner = value.type === 'array' ? (value.items as JsonSchema | undefined) : value;
      const below =
        inner?.properties === undefined
          ? []
          : rowsOf(inner, value.type === 'array' ? `${name}[].` : `${name}.`);
      return [row, ...below];
    },
  );
}

function valueWords(schema: JsonSchema): string {
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined)
    return (schema.enum as unknown[]).map((word) => `\`${String(word)}\``).join(', ');
  if (schema.allOf !== undefined) return valueWords((schema.allOf as JsonSchema[])[0]!);
  if (schema.$ref !== undefined) return 'a check';
  if (choices !== undefined) return choiceWords(choices);
  if (schema.type === 'array')
    return `list of ${bounds(schema, 'minItems', 'maxItems')}${valueWords((schema.items as JsonSchema | undefined) ?? {})}`;
  if (schema.type === 'object') return objectWords(schema);
  if (schema.type === 'integer') return `whole number${range(schema)}`;
  if (schema.type === 'string') return 'text';
  if (schema.type === 'boolean') return '`true` or `false`';
  return String(schema.type ?? 'anything');
}

function choiceWords(choices: readonly JsonSchema[]): string {
  if (choices.every((choice) => choice.$ref !== undefined)) return 'a check';
  const single = choices.map((choice) => Object.keys((choice.properties as object | undefined) ?? {}));
  if (single.every((names) => names.length === 1)) {
    return `one of the keys ${single.map(([name]) => `\`${name}\``).join(', ')}`;
  }
  if (single.every((names) => names.length > 0)) {
    const forms = choices.map((choice) => {
      const keys = Object.entries(choice.properties as Record<string, JsonSchema>).map(([key, value]) =>
        value.const === undefined ? key : `${key}: ${String(value.const)}`,
      );
      return `\`{ ${keys.join(', ')} }\``;
    });
    return `one of ${forms.join(', ')}`;
  }
  return choices.map(valueWords).join(', or ');
}

function objectWords(schema: JsonSchema): string {
  const { additionalProperties: values, propertyNames: names } = schema as {
    additionalProperties?: unknown;
    propertyNames?: JsonSchema;
  };
  if (schema.properties !== undefined) return 'keys, below';
  const which = names?.enum === undefined ? 'texts' : valueWords(names);
  return typeof values === 'object' && values !== null
    ? `by ${which}: ${valueWords(values as JsonSchema)}`
    : 'keys and values';
}

function bounds(schema: JsonSchema, low: string, high: string): string {
  const from = schema[low] as number | undefined;
  const to = schema[high] as number | undefined;
  if (from === undefined && to === undefined) return '';
  if (to === undefined) return `${from} or more: `;
  return `${from ?? 0} to ${to}: `;
}

function range(schema: JsonSchema): string {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  if (minimum === undefined) return '';
  return maximum === undefined ? `, at least ${minimum}` : `, ${minimum} to ${maximum}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
