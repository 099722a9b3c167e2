/**
 * Reads a course and prints what is wrong with it, or a summary: `node course/check.ts content`. For authors while they
 * write; whether the exercises judge rightly is `chrootcamp course verify`.
 */
import { CodedError } from '../protocol/errors.ts';
import { exercisesOf } from './course.ts';
import { loadCourse } from './load.ts';

const contentDir = process.argv[2] ?? 'content';
try {
  const course = await loadCourse(contentDir);
  for (const { slug, title, lessons } of course.modules) {
    console.log(`${slug}: ${title}`);
    for (const lesson of lessons) {
      console.log(`  ${lesson.id}: ${lesson.title} (${lesson.minutes} min)`);
      for (const { slug: name, exercise, scripts } of lesson.exercises) {
        const proofs = `${scripts.alternatives.length} alt, ${scripts.wrong.length} wrong`;
        console.log(`    ${name}: ${exercise.checks.map((check) => check.kind).join(', ')}; ${proofs}`);
      }
    }
  }
  console.log(`${exercisesOf(course).length} exercises, no faults.`);
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
