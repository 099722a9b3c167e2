import { say } from '../page/say.ts';
import type { LimitState, LimitSubject } from '../../../../protocol/usage.ts';

/** What was met, and the one thing that helps. Code in backticks. */
const sentences: Record<LimitSubject, Record<LimitState['level'], string>> = {
  memory: {
    near: say`Your machine is short of memory. Stop containers and programs that you do not need.`,
    reached: say`Your machine ran out of memory, and a program in it was ended. Stop what you do not need (\`docker ps\`, \`docker stop\`), then try again.`,
  },
  pids: {
    near: say`Your machine has nearly as many processes as it may have. Stop containers that you do not need.`,
    reached: say`Your machine has as many processes as it may have: no new one can start. Stop containers, or close the shell that starts them; if nothing answers any more, reset the machine.`,
  },
  disk: {
    near: say`The disk of your machine is nearly full. \`docker system prune\` frees what Docker no longer uses.`,
    reached: say`The disk of your machine is full: nothing more can be written. \`docker system prune\` frees what Docker no longer uses; files go with \`rm\`.`,
  },
  inodes: {
    near: say`The disk of your machine holds nearly as many files as it can. \`docker system prune\` removes those that Docker no longer uses.`,
    reached: say`The disk of your machine holds as many files as it can: no new one can be made. \`docker system prune\` removes those that Docker no longer uses; your own go with \`rm\`.`,
  },
  cpu: {
    near: say`Your machine uses most of the computing time it may have.`,
    reached: say`Your machine has used all its computing time for a while, so everything in it is slow. \`top\` shows which program takes it (\`q\` leaves \`top\`); \`kill\` with the number in its first column ends that program.`,
  },
  egress: {
    near: say`Your machine has nearly fetched as much as it may in one minute.`,
    reached: say`Your machine has fetched as much from the package sources as it may in one minute. Wait a minute, then run the command again.`,
  },
  egressConnections: {
    near: say`Your machine has nearly as many connections to the package sources as it may have.`,
    reached: say`Your machine has opened as many connections to the package sources as it may: some were refused. Let fewer downloads run at once, wait a minute, then run the command again.`,
  },
};

export function describeLimit({ subject, level }: Pick<LimitState, 'subject' | 'level'>): string {
  return sentences[subject][level];
}
