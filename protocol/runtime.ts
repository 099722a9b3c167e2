import { z } from 'zod';

/** The OCI runtimes that Debian packages and the engine knows; docs/operating.md says which for what host. */
export const runtimeSchema = z.enum(['runc', 'crun']);
export type RuntimeName = z.infer<typeof runtimeSchema>;
