/** The part of `npm test`, in order. All there is stands in `checks.ts`. */
import './start.ts';
import './outer-limits.ts';
import './delegation.ts';
import './posture.ts';
import './escape-smaller.ts';
import './end.ts';
