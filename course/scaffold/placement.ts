/** A lesson with one more exercise: before its closing lists, which end every lesson, or else at its end. */
export function placed(lesson: string, slug: string): string {
  const tag = `<Exercise id="${slug}" />\n`;
  const closing = /^<(?:CanDo|ReadOn)>[ \t]*$/m.exec(lesson);
  if (closing !== null) return `${lesson.slice(0, closing.index)}${tag}\n${lesson.slice(closing.index)}`;
  return `${lesson.trimEnd()}\n\n${tag}`;
}
