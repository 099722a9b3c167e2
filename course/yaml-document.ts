import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { explainIssues, type DocumentFault } from './issue.ts';
import type { Problem } from './problem.ts';

export interface YamlSource {
  /** As shown to the author. */
  file: string;
  text: string;
  /** Lines of the file before the text: 1 for frontmatter, which stands below `---`. */
  linesBefore?: number;
  /** Of a path in it: the anchor in docs/authoring.md. */
  guide(path: readonly PropertyKey[], input: unknown): string;
}

/** A document that fits its schema, and where in the file each part stands. */
export interface YamlDocument<T> {
  value: T;
  problemAt(path: readonly PropertyKey[], message: string): Problem;
}

/** Parses YAML by a schema. Never throws: what does not fit comes back as problems with lines and columns. */
export function parseYaml<S extends z.ZodType>(
  source: YamlSource,
  schema: S,
): { ok: true; document: YamlDocument<z.output<S>> } | { ok: false; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false });
  const placed = (offset: number, message: string, guide: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return {
      file: source.file,
      at: { line: line + (source.linesBefore ?? 0), column: col },
      message,
      guide,
    };
  };
  const whole = source.guide([], null);
  if (document.errors.length > 0) {
    // Those after the first are mostly about what it left behind.
    const [first] = document.errors;
    const message = `not YAML: ${first!.message}`;
    return { ok: false, problems: [placed(first!.pos[0], message, whole)] };
  }
  const input = inputOf(document);
  if (input instanceof Error)
    return { ok: false, problems: [placed(0, `not YAML: ${input.message}`, whole)] };
  const result = schema.safeParse(input);
  if (!result.success) {
    const faults = explainIssues(result.error.issues, { schema, input });
    const problems = faults
      .map((fault) => ({ ...fault, offset: offsetOf(document, fault) }))
      .sort((left, right) => left.offset - right.offset)
      .map(({ offset, message, path }) => placed(offset, message, source.guide(path, input)));
    return { ok: false, problems };
  }
  return {
    ok: true,
    document: {
      value: result.data,
      problemAt: (path, message) =>
        placed(offsetOf(document, { path: [...path], message }), message, source.guide(path, input)),
    },
  };
}

/** Aliases may ask for exponential growth; `yaml` then throws. */
function inputOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function offsetOf(document: Document, fault: DocumentFault): number {
  let path = fault.path;
  for (;;) {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    if (fault.key !== undefined && isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === fault.key);
      if (isPair(pair) && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    if (isNode(node) && node.range) return node.range[0];
    if (path.length === 0) return 0;
    path = path.slice(0, -1);
  }
}
