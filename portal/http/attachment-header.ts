/** `Content-Disposition` for a file to be saved, never shown (RFC 6266, RFC 8187). The name is a learner's. */
export function attachmentHeader(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._ -]/g, '_').slice(0, 150) || 'file';
  const encoded = encodeURIComponent(name.toWellFormed().slice(0, 150)).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded || 'file'}`;
}
