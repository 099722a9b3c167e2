/** Whether two absolute paths are one but for doubled and trailing slashes. */
export function samePath(left: string, right: string): boolean {
  const plain = (path: string): string => path.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');
  return plain(left) === plain(right);
}
