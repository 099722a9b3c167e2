/** `--dev`: the course is followed while it is written, and pages show what its checks do. Puts the parts together. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { languageCodeSchema } from '../../protocol/language.ts';
import type { PortalConfig } from '../config.ts';
import type { Lessons } from '../grading/lessons.ts';
import type { Watches } from '../grading/watches.ts';
import { parseBody } from '../http/body.ts';
import type { LearnerSession } from '../learners/learner-session.ts';
import type { Log } from '../log.ts';
import type { Site } from '../site/site.ts';
import { DevPages } from './dev-pages.ts';
import { guidePage } from './guide-page.ts';
import { LiveCourse } from './live-course.ts';
import { followSite } from './live-site.ts';
import { Recordings, type RecordingsOptions } from './recordings.ts';
import { Renderer } from './renderer.ts';

const guideFile = join(import.meta.dirname, '../../docs/authoring.md');

export interface WorkbenchOptions extends RecordingsOptions {
  config: PortalConfig & { dev: NonNullable<PortalConfig['dev']> };
  site: Site;
  lessons: Lessons;
  session: LearnerSession;
  log: Log;
  signal: AbortSignal;
}

export class Workbench implements Disposable {
  readonly #options: WorkbenchOptions;
  readonly #course: LiveCourse;
  readonly #site: Disposable;
  readonly #renderer: Renderer;
  readonly #recordings: Recordings;
  readonly pages: DevPages;
  #watches: Watches | null = null;

  constructor(options: WorkbenchOptions) {
    this.#options = options;
    const { config, lessons, site, log } = options;
    const { contentDir, siteDir } = config;
    this.pages = new DevPages({ news: () => this.#course.news });
    this.#course = new LiveCourse({
      contentDir,
      log,
      onLessons: (read) => {
        lessons.replaceBy(read);
        this.#watches?.revise((id) => (lessons.has(id) ? lessons.lesson(id) : null));
      },
      onNews: (news) => this.pages.tell(news),
    });
    this.#site = followSite({ siteDir, site, log, onBuilt: () => this.#course.onSiteBuilt() });
    this.#renderer = new Renderer({ url: config.dev.rendererUrl, contentDir });
    this.#recordings = new Recordings(options);
  }

  /** Open lessons are kept as the course is now. */
  keep(watches: Watches): void {
    this.#watches = watches;
    watches.accompany(this.pages);
  }

  addRoutes(app: FastifyInstance): void {
    const { session, lessons, signal } = this.#options;
    app.get<{
      Params: { module: string; lesson: string };
      Querystring: { after?: string; language?: string };
    }>('/api/dev/lessons/:module/:lesson', async (request) => {
      session.require(request);
      const { id } = lessons.lesson(`${request.params.module}/${request.params.lesson}`);
      const language = languageCodeSchema.optional().safeParse(request.query.language).data;
      const path = language === undefined ? `/${id}/` : `/${language}/${id}/`;
      return this.#renderer.render(path, String(request.query.after ?? ''), signal);
    });
    app.get('/api/dev/guide', async (_request, reply) => {
      return reply.type('text/html; charset=utf-8').send(guidePage(await readFile(guideFile, 'utf8')));
    });
    app.post('/api/dev/recording', async (request, reply) => {
      parseBody(z.strictObject({}), request.body);
      await this.#recordings.begin(session.require(request).id, signal);
      return reply.code(204).send();
    });
    app.post('/api/dev/recording/draft', async (request) => {
      parseBody(z.strictObject({}), request.body);
      return this.#recordings.draft(session.require(request).id, signal);
    });
  }

  [Symbol.dispose](): void {
    this.#course[Symbol.dispose]();
    this.#site[Symbol.dispose]();
  }
}
