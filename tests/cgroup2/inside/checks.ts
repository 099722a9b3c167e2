/** All checks in the order in which they run; most use one sandbox, which the last ones stop, find again and destroy. */
import './start.ts';
import './docker-limits.ts';
import './outer-limits.ts';
import './limits-told.ts';
import './delegation.ts';
import './lesson.ts';
import './looks.ts';
import './posture.ts';
import './escape-smaller.ts';
import './escape.ts';
import './life.ts';
import './end.ts';
import './crun.ts';
