/**
 * The operator's configuration: `config.yaml` in the data directory, or the file of `chrootcamp start --config FILE`.
 * Everything has a default, unknown keys are refused. docs/operating.md lists every field from here.
 */
import { z } from 'zod';
import { capacitySchema, checkpointBoundsSchema } from './capacity.ts';
import { lifetimesSchema } from './lifetimes.ts';
import { limitsSchema } from './limits.ts';
import { packageSourcesSchema } from './package-sources.ts';
import { publicOriginsSchema } from './public-origins.ts';
import { runtimeSchema } from './runtime.ts';

export const courseConfigSchema = z.strictObject({
  /** Of each learner's machine. */
  limits: limitsSchema.prefault({}),
  lifetimes: lifetimesSchema.prefault({}),
  packageSources: packageSourcesSchema.prefault({}),
  capacity: capacitySchema.prefault({}),
  checkpoints: checkpointBoundsSchema.prefault({}),
  /** What makes the containers that machines are. */
  runtime: runtimeSchema.default('runc'),
  /** For a course behind a reverse proxy. */
  publicOrigins: publicOriginsSchema,
});
export type CourseConfig = z.infer<typeof courseConfigSchema>;
