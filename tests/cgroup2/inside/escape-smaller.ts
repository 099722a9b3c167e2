/** Topics of both forms: what the version of cgroups and another kernel change most. */
import { calls } from '../../escape/cases/calls.ts';
import { cgroups } from '../../escape/cases/cgroups.ts';
import { checkNoEscape } from './no-escape.ts';

checkNoEscape({ cgroups, calls });
