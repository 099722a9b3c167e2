import { shellWord } from '../debian/shell-word.ts';
import type { ImageContext } from './course-image.ts';

/**
 * A set-up hook for `bootstrap` that begins with the base image's files, but for apt's configuration in them: it is meant
 * for containers and would stand in the way of the installation. `configureApt` puts it back.
 */
export function copyBase(context: Pick<ImageContext, 'baseRootfs'>): string {
  if (context.baseRootfs === null) throw new TypeError('This image has no base to copy.');
  const configuration = ['apt.conf.d/90chrootcamp', 'sources.list.d/debian.sources'];
  return [
    `cp -a ${shellWord(context.baseRootfs)}/. "$1"/`,
    ...configuration.map((path) => `rm "$1"/etc/apt/${path}`),
  ].join(' && ');
}
