/** The languages in which verdicts can be said: the catalogues of `grader/texts/`, read once. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Catalogue } from '../../grader/say.ts';
import { languageCodeSchema } from '../../protocol/language.ts';

const textsDir = join(import.meta.dirname, '../../grader/texts');
const catalogueSchema = z.record(z.string(), z.string());
const english: Catalogue = new Map();

export class VerdictLanguages {
  readonly #catalogues: ReadonlyMap<string, Catalogue>;
  /** What each learner's pages were last opened in. */
  readonly #spoken = new Map<string, string>();

  constructor(directory = textsDir) {
    const codes = readdirSync(directory)
      .map((name) => name.replace(/\.json$/, ''))
      .filter((code) => languageCodeSchema.safeParse(code).success);
    this.#catalogues = new Map(
      codes.map((code) => {
        const texts = catalogueSchema.parse(
          JSON.parse(readFileSync(join(directory, `${code}.json`), 'utf8')),
        );
        return [code, new Map(Object.entries(texts))];
      }),
    );
  }

  /** A page was opened in it. True where the learner's verdicts were said in another so far. */
  speak(learnerId: string, code: string): boolean {
    const before = this.of(learnerId);
    this.#spoken.set(learnerId, code);
    return this.of(learnerId) !== before;
  }

  /** `pt-br` is said in `pt` where it has no texts of its own; what there are no texts for is said in English. */
  of(learnerId: string): Catalogue {
    const code = this.#spoken.get(learnerId) ?? '';
    return this.#catalogues.get(code) ?? this.#catalogues.get(code.slice(0, 2)) ?? english;
  }
}
