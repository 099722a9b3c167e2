/**
 * The limits of one sandbox. One schema for the operator's configuration, for a single request to make a sandbox, and
 * for the engines that enforce them; each field's description is also its row in docs/operating.md.
 *
 * The defaults fit a class of 30 on 2 cores and 24 GB. Memory, processes, CPU and I/O are enforced by a cgroup that the
 * learner neither owns nor sees; below it a delegated one is theirs, so that `docker run -m` works as anywhere.
 */
import { z } from 'zod';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

export const limitsSchema = z.strictObject({
  memoryBytes: z
    .int()
    .min(64 * MiB)
    .default(GiB)
    .describe('Memory of everything in the machine together, page cache included; swap is not used.'),
  pids: z.int().min(64).max(4_000_000).default(1_500).describe('Processes and threads.'),
  cpuWeight: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('Share of the CPU against other machines when it is short; 100 is the kernel’s own default.'),
  cpuPercent: z
    .int()
    .min(10)
    .max(100_000)
    .default(200)
    .describe('Ceiling in hundredths of one core: 200 is two whole cores.'),
  ioWeight: z
    .int()
    .min(1)
    .max(1_000)
    .default(100)
    .describe(
      'Share of the disk’s time against other machines, where the host weighs it (`chrootcamp doctor` says).',
    ),
  diskBytes: z
    .int()
    .min(256 * MiB)
    .default(6 * GiB)
    .describe('Size of the disk: files, images, volumes. The host gives the space as it is used.'),
  diskInodes: z
    .int()
    .min(16_384)
    .max(2 ** 32 - 1)
    .default(393_216)
    .describe('Files and directories on the disk; never more than one for each 16 KiB of it.'),
  openFiles: z
    .int()
    .min(1_024)
    .max(1_048_576)
    .default(1_048_576)
    .describe('Open files of one process at most; where the host’s own limit is lower, that.'),
  terminals: z.int().min(1).max(50).default(5).describe('Terminals open at once.'),
  egressBytesPerMinute: z
    .int()
    .min(64 * 1024)
    .default(256 * MiB)
    .describe(
      'Bytes to and from the package sources in any one minute. The course’s own images do not count.',
    ),
  egressConnections: z
    .int()
    .min(1)
    .max(1_000)
    .default(64)
    .describe('Connections to the package sources open at once.'),
  egressConnectionsPerMinute: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_200)
    .describe('Connections to the package sources begun in any one minute, plain HTTP requests included.'),
});
export type Limits = z.infer<typeof limitsSchema>;
export type LimitName = keyof Limits;

/** For one sandbox: what is absent is as the server has it. A request may ask for less than that, never for more. */
export const limitOverridesSchema = z.strictObject(
  Object.fromEntries(
    // `partial` alone would keep the defaults, and fill in what was left out.
    Object.entries(limitsSchema.shape).map(([name, field]) => [name, field.unwrap().optional()]),
  ) as { [Name in LimitName]: z.ZodOptional<z.ZodInt> },
);
export type LimitOverrides = { [Name in LimitName]?: number | undefined };

/** What holds for a sandbox: its own limits where it has them, else the server's. */
export function limitsOf(own: Limits, overrides: LimitOverrides): Limits {
  const set = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...own, ...(Object.fromEntries(set) as Partial<Limits>) };
}
