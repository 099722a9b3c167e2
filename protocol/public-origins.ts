import { z } from 'zod';

/**
 * Origins of the pages that may act here, like `https://course.example.org`: what learners have in their address bar.
 * Where empty: `http://` with every address the portal listens on, and localhost.
 */
export const publicOriginsSchema = z
  .array(z.string().regex(/^https?:\/\/[^/?#\s]+$/, 'expected scheme://host[:port] and nothing after it'))
  .default([]);
