/**
 * A `runc` before the real one in a server's PATH, which edits the bundle the server wrote. So a wall can be taken down in
 * a test without the product knowing how.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Edit } from './bundle-edit.ts';

const editor = fileURLToPath(new URL('edit-bundle.ts', import.meta.url));

export class WrappedRuntime implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'camp-runtime-'));

  /** `leak`: a directory of the host that commands get as an open descriptor. */
  constructor({ leak }: { leak?: string | undefined } = {}) {
    this.turn([]);
    const leaking = `
for word; do
  shift
  set -- "$@" "$word"
  if [ "$word" = exec ] && [ -z "$leaked" ]; then leaked=1; set -- "$@" --preserve-fds 1; exec 3<'${leak}'; fi
done`;
    const script = `#!/bin/sh
PATH=\${PATH#*:}
previous=
for word; do
  if [ "$previous" = --bundle ]; then '${process.execPath}' --no-warnings '${editor}' '${this.#edits}' "$word" || exit 1; fi
  previous=$word
done
${leak === undefined ? '' : leaking}
exec runc "$@"
`;
    writeFileSync(join(this.#directory, 'runc'), script, { mode: 0o755 });
  }

  get #edits(): string {
    return join(this.#directory, 'edits.json');
  }

  /** For sandboxes made from now on. */
  turn(edits: readonly Edit[]): void {
    writeFileSync(this.#edits, JSON.stringify(edits));
    // Where root may not set them in the bundle, prlimit does.
    const prlimit = join(this.#directory, 'prlimit');
    const withoutOptions = '#!/bin/sh\nwhile [ "${1#--}" != "$1" ]; do shift; done\nexec "$@"\n';
    if (edits.some(({ edit }) => edit === 'without-rlimits'))
      writeFileSync(prlimit, withoutOptions, { mode: 0o755 });
    else rmSync(prlimit, { force: true });
  }

  /** Runs a server with it. */
  get within(): string[] {
    return ['env', `PATH=${this.#directory}:${process.env['PATH']}`];
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
