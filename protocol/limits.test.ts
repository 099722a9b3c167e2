import { expect, test } from 'vitest';
import { limitOverridesSchema, limitsSchema } from './limits.ts';

test('overrides fill in nothing that was left out, and keep the bounds', () => {
  expect(limitOverridesSchema.parse({})).toEqual({});
  expect(limitOverridesSchema.parse({ pids: 100 })).toEqual({ pids: 100 });
  expect(limitOverridesSchema.safeParse({ pids: 3 }).success).toBe(false);
  expect(limitOverridesSchema.safeParse({ memory: 3 }).success).toBe(false);
});

test('every limit is described and has a default', () => {
  const defaults: Record<string, number> = limitsSchema.parse({});
  for (const [name, field] of Object.entries(limitsSchema.shape)) {
    expect(field.description, name).toMatch(/\.$/);
    expect(defaults[name], name).toBeGreaterThan(0);
  }
});
