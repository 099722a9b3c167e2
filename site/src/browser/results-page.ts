/** The page of the learner's own results. */
import './every-page.ts';
import { ResultsList } from './results/results-list.ts';

customElements.define('camp-results', ResultsList);
