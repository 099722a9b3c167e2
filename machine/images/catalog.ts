import { busyboxImage } from './busybox/image.ts';
import type { CourseImage } from './course-image.ts';
import { debianImage } from './debian/image.ts';
import { helloWorldImage } from './hello-world/image.ts';
import { nginxImage } from './nginx/image.ts';
import { nodeImage } from './node/image.ts';

/** Every image of the course, bases before what is built on them. */
export const courseImages: readonly CourseImage[] = [
  helloWorldImage,
  busyboxImage,
  debianImage,
  nodeImage,
  nginxImage,
];
