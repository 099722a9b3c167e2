/** A network namespace that stands for the host's where a knob lets a sandbox into it. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

export class OwnNetwork implements Disposable {
  readonly #name = `camp-${randomBytes(4).toString('hex')}`;

  constructor() {
    execFileSync('ip', ['netns', 'add', this.#name]);
    // An interface with an address as clouds have it, which is nowhere but here.
    for (const command of [
      'link set lo up',
      'link add canary0 type veth peer name canary1',
      'link set canary1 up',
      'address add 169.254.169.254/32 dev canary0',
      'link set canary0 up',
      'route add 192.0.2.0/24 dev canary0',
    ])
      execFileSync('ip', ['-n', this.#name, ...command.split(' ')]);
  }

  get path(): string {
    return `/run/netns/${this.#name}`;
  }

  [Symbol.dispose](): void {
    execFileSync('ip', ['netns', 'delete', this.#name]);
  }
}
