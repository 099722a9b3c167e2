/** The sound course of `course.fixture.ts` in German: one module, its lesson and its exercise. */
const dir = 'languages/de/before-docker';

export const german: Record<string, string> = {
  'languages/de/language.yaml': `name: Deutsch
notTranslated: Diese Lektion gibt es noch nicht auf Deutsch. Sie steht hier, wie sie geschrieben wurde.
`,
  [`${dir}/module.yaml`]: `title: Vor Docker
summary: Container von Hand, Teil für Teil.
`,
  [`${dir}/chroot/lesson.mdx`]: `---
title: Eine neue Wurzel
summary: Einem Prozess ein eigenes Wurzelverzeichnis geben.
---

Wörter.

<Exercise id="a-jail" />
`,
  [`${dir}/chroot/a-jail.yaml`]: `title: Ein Gefängnis
task: Legen Sie ein Verzeichnis an, in dem eine Shell läuft.
labels:
  shell: Da ist eine Shell
  inside: Darin läuft eine Shell
hints:
  - Sehen Sie nach, was busybox kann.
`,
};

/** With one passage of one file replaced; throws where the passage is not there. */
export function germanWith(file: string, passage: string, replacement: string): Record<string, string> {
  const path = file.startsWith('languages/') ? file : `${dir}/${file}`;
  const text = german[path];
  if (text?.includes(passage) !== true)
    throw new Error(`the German fixture ${path} has no passage ${passage}`);
  return { ...german, [path]: text.replace(passage, replacement) };
}
