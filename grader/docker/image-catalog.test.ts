import { expect, test } from 'vitest';
import { ImageCatalog } from './image-catalog.ts';

const id = (digit: string): string => `sha256:${digit.repeat(64)}`;
const images = new ImageCatalog([
  { id: id('a'), tags: ['busybox:latest', 'localhost:5000/mine/box:1'], digests: [`busybox@${id('d')}`] },
  { id: id('b'), tags: [], digests: [] },
]);

test('an image is found by tag, digest and short id', () => {
  expect(images.idsOf('docker.io/library/busybox')).toEqual([id('a')]);
  expect(images.idsOf(`busybox@${id('d')}`)).toEqual([id('a')]);
  expect(images.idsOf('bbbb')).toEqual([id('b')]);
  expect(images.idsOf('busybox:1')).toEqual([]);
});

test('a container is from an image by name, by its image id, by another tag of it, or by the id shown', () => {
  expect(ImageCatalog.empty.isImage('busybox', { image: 'busybox:latest' })).toBe(true);
  expect(images.isImage('busybox', { image: id('a') })).toBe(true);
  expect(images.isImage('busybox', { image: 'aaaaaaaaaaaa' })).toBe(true);
  expect(images.isImage('busybox', { image: 'localhost:5000/mine/box:1' })).toBe(true);
  expect(images.isImage('busybox', { image: 'gone:latest', imageId: id('a') })).toBe(true);
  expect(images.isImage('busybox', { image: 'debian' })).toBe(false);
  expect(images.isImage('busybox', { image: id('b'), imageId: id('b') })).toBe(false);
});

test('an id is shown as the tag it has, or short', () => {
  expect(images.nameOf(id('a'))).toBe('busybox:latest');
  expect(images.nameOf(id('b'))).toBe('bbbbbbbbbbbb');
  expect(images.nameOf('cafe')).toBe('cafe');
  expect(images.nameOf('bbbbbb')).toBe('bbbbbb');
  expect(images.nameOf('bbbbbbbbbbbb')).toBe('bbbbbbbbbbbb');
  expect(images.nameOf('aaaaaaaaaaaa')).toBe('busybox:latest');
});
