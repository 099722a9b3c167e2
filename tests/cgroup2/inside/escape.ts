/** The topics that the smaller form leaves out; those of the network and of exhaustion take too long by emulation. */
import { devices } from '../../escape/cases/devices.ts';
import { files } from '../../escape/cases/files.ts';
import { identity } from '../../escape/cases/identity.ts';
import { settings } from '../../escape/cases/settings.ts';
import { sockets } from '../../escape/cases/sockets.ts';
import { checkNoEscape } from './no-escape.ts';

checkNoEscape({ identity, files, devices, settings, sockets });
