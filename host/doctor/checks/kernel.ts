import { release } from 'node:os';
import type { Check } from '../check.ts';

/** Idmapped mounts came with 5.12; overlayfs takes them as lower layers, and containers mount overlays, since 5.19. */
const oldest = { major: 5, minor: 19 };

export const kernelCheck: Check<{ platform: string; release: string }> = {
  name: 'kernel',
  needed: `Linux ${oldest.major}.${oldest.minor} or newer, for idmapped overlay layers`,
  look: async () => ({ platform: process.platform, release: release() }),
  judge({ platform, release: found }) {
    const [major = 0, minor = 0] = found.split('.').map((part) => Number.parseInt(part, 10));
    const new_ = major > oldest.major || (major === oldest.major && minor >= oldest.minor);
    if (platform === 'linux' && new_) return { status: 'ok', found: `Linux ${found}` };
    const mend =
      platform === 'linux'
        ? 'Debian 11: apt-get install linux-image-amd64 from backports and reboot, or use Debian 12, Ubuntu 24.04 or newer'
        : 'Use a virtual machine with Debian 12, Ubuntu 24.04 or newer';
    return { status: 'fail', found: `${platform} ${found}`, mend };
  },
};
