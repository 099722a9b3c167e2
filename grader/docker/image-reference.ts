/** `busybox`, `busybox:latest` and `docker.io/library/busybox:latest` are one; a digest counts instead of a tag. */
export function canonicalReference(reference: string): string {
  const [named = '', digest] = reference.trim().split('@', 2);
  const slash = named.indexOf('/');
  const first = slash === -1 ? '' : named.slice(0, slash);
  const hasDomain = /[.:]/.test(first) || first === 'localhost';
  const domain = hasDomain ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  const rest = hasDomain ? named.slice(slash + 1) : named;
  const [path = '', tag = 'latest'] = rest.split(':', 2);
  const fullPath = domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  return digest === undefined ? `${domain}/${fullPath}:${tag}` : `${domain}/${fullPath}@${digest}`;
}

/** `docker.io/library/busybox` without tag or digest: what two tags of one image have in common. */
export function repositoryOf(reference: string): string {
  return canonicalReference(reference).replace(/(@|:[^:/]*$).*/, '');
}

/** At least 4 hex digits, with or without `sha256:`: Docker takes that for an id where no name fits. */
export function idDigits(text: string): string | null {
  return /^(?:sha256:)?([0-9a-f]{4,64})$/.exec(text)?.[1] ?? null;
}

export function looksLikeImageId(text: string): boolean {
  return idDigits(text) !== null;
}
