/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** Of the course: `de`; undefined for the one it is written in. Set by each page, before its components. */
    language?: string | undefined;
    /** Set by the lesson page for the components its MDX uses. */
    lesson?: import('./course/course.ts').LessonOnDisk;
    /** Where a translation's own pictures lie, which come before the lesson's. */
    pictureFolder?: string | null;
    /** Figures drawn so far on this page: keeps the ids inside inlined SVGs apart. */
    figureCount?: number;
  }
}
