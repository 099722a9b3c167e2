/** The learner's progress on the home page. */
import './every-page.ts';
import { Continue } from './home/continue.ts';
import { Trail } from './home/trail.ts';

customElements.define('camp-trail', Trail);
customElements.define('camp-continue', Continue);
