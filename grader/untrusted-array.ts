import { z } from 'zod';

/** An array's first items that fit a schema; what does not fit is passed over. Refuses what is no array. */
export function firstItems<S extends z.ZodType>(item: S, most: number) {
  return z.custom<unknown[]>(Array.isArray).transform((items) => {
    const fitting: z.output<S>[] = [];
    for (const each of items.slice(0, most)) {
      const parsed = item.safeParse(each);
      if (parsed.success) fitting.push(parsed.data);
    }
    return fitting;
  });
}
