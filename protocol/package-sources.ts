/** What machines may reach besides the package sources this host itself is configured with. Part of the operator's configuration. */
import { z } from 'zod';

/** `name`, meaning ports 80 and 443, or `name:port`. */
export const packageHostSchema = z
  .string()
  .regex(/^[a-z0-9.-]+(?::\d{1,5})?$/i, 'expected NAME or NAME:PORT');

export const packageNetworkSchema = z.union([z.cidrv4(), z.cidrv6()], 'expected a network as 10.1.2.0/24');

export const packageSourcesSchema = z.strictObject({
  hosts: z
    .array(packageHostSchema)
    .max(200)
    .default([])
    .describe('Further hosts, as `pypi.org` (ports 80 and 443) or `proxy.school.example:3142`.'),
  networks: z
    .array(packageNetworkSchema)
    .max(50)
    .default([])
    .describe(
      'Networks such as `10.1.2.0/24` where a package source may be. All others that are not public are refused, whatever name leads there.',
    ),
});
export type PackageSources = z.infer<typeof packageSourcesSchema>;
