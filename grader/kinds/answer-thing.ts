import type { AnswerSource } from '../../protocol/checks/answer.ts';
import { say, words } from '../say.ts';
import { span } from '../span.ts';
import { describeFind } from './container-find.ts';

const kernelWords = words({
  release: 'release of the kernel (its version number)',
  version: 'version of the kernel (how and when it was built)',
  machine: 'machine type of the kernel',
});

/** Fields of Docker's answers in a learner's words; the others go by their own name. */
const fieldWords: Record<string, string> = words({
  Id: 'id',
  Image: 'image id',
  Name: 'name',
  Created: 'time of creation',
  Architecture: 'architecture',
  Driver: 'storage driver',
  CgroupDriver: 'cgroup driver',
  CgroupVersion: 'cgroup version',
  ServerVersion: 'version',
  Containers: 'number of containers',
  Images: 'number of images',
  'Config.Hostname': 'host name',
  'Config.User': 'user',
  'Config.WorkingDir': 'working directory',
  'State.ExitCode': 'exit code',
  'State.Pid': 'process id',
  'State.Status': 'state',
  'NetworkSettings.IPAddress': 'IP address',
});

/** "host name of a container from `debian`": what a question wants to know, without the answer. */
export function thingAsked(source: Exclude<AnswerSource, { from: 'expression' }>): string {
  switch (source.from) {
    case 'kernel':
      return kernelWords[source.field];
    case 'file':
      return say`text in ${span(source.path)}`;
    case 'container':
      return say`${fieldWord(source.field)} of a ${describeFind(source.find)}`;
    case 'image':
      return say`${fieldWord(source.field)} of the image ${span(source.reference)}`;
    case 'docker-info':
      return say`${fieldWord(source.field)} that Docker tells of itself`;
  }
}

function fieldWord(field: string): string {
  return Object.hasOwn(fieldWords, field) ? fieldWords[field]! : span(field);
}
