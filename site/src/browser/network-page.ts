/** The page that examines the learner's network. */
import './every-page.ts';
import { NetworkDoctor } from './network/doctor.ts';

customElements.define('camp-network-doctor', NetworkDoctor);
