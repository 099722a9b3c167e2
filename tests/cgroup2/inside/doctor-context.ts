import { layoutOf } from '../../../host/layout.ts';

/** What the doctor is asked about in the guest, but for the runtime. */
export const doctorContext = {
  layout: layoutOf('/var/lib/chrootcamp'),
  host: '127.0.0.1',
  port: 8080,
  machineBuilt: true,
  learners: 10,
  memoryBytes: 1024 ** 3,
};
