import { loadCourse } from '../../course/load.ts';
import type { Course } from '../../course/course.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { contentDirFrom, contentOption } from '../course-content.ts';
import { exitCodes } from '../exit-code.ts';

export const command = defineCommand({
  summary: 'list modules, lessons and exercises',
  usage: '[--course DIR] [--json]',
  options: { ...contentOption, ...jsonOption },
  async run({ values }) {
    const course = await loadCourse(contentDirFrom(values));
    const modules = summaryOf(course);
    process.stdout.write(values.json ? `${JSON.stringify({ modules })}\n` : courseText(modules));
    return exitCodes.ok;
  },
});

type Summary = ReturnType<typeof summaryOf>;

function summaryOf(course: Course) {
  return course.modules.map(({ slug, number, title, lessons }) => ({
    id: slug,
    number,
    title,
    lessons: lessons.map((lesson) => ({
      id: lesson.id,
      number: lesson.number,
      title: lesson.title,
      minutes: lesson.minutes,
      exercises: lesson.exercises.map(({ id, exercise }) => ({
        id,
        title: exercise.title,
        checks: exercise.checks.length,
      })),
    })),
  }));
}

function courseText(modules: Summary): string {
  const lines: string[] = [];
  for (const module of modules) {
    lines.push(`${module.number}. ${module.title}`);
    for (const lesson of module.lessons) {
      lines.push(`   ${lesson.number}. ${lesson.title} (${lesson.minutes} min)  ${lesson.id}`);
      for (const { id, title } of lesson.exercises) lines.push(`      - ${title}  ${id}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
