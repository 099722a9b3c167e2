import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CodedError } from '../../protocol/errors.ts';
import { blobPath, type Descriptor, type StoredImage } from '../oci/image-layout.ts';
import { callRegistry, type RegistryAnswer, type RegistryCall } from './registry-client.ts';

export interface PushOptions {
  socketPath: string;
  imageDir: string;
  image: StoredImage;
  /** As the registry names it: `library/debian`. */
  repository: string;
  tags: readonly string[];
  signal?: AbortSignal | undefined;
}

/** Puts an image into a registry under all its tags (OCI distribution-spec v1, "Push"). What is there is not sent again. */
export async function pushImage(options: PushOptions): Promise<void> {
  const { image, imageDir, repository, socketPath, signal, tags } = options;
  const call = async (expected: readonly number[], rest: Omit<RegistryCall, 'socketPath' | 'signal'>) =>
    check(await callRegistry({ socketPath, signal, ...rest }), expected, rest);

  for (const blob of [...image.layers, image.config]) {
    const found = await call([200, 404], { method: 'HEAD', path: `/v2/${repository}/blobs/${blob.digest}` });
    if (found.status === 200) continue;
    const upload = await call([202], { method: 'POST', path: `/v2/${repository}/blobs/uploads/` });
    await call([201], {
      method: 'PUT',
      path: uploadPath(upload, blob),
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(blob.size) },
      body: createReadStream(blobPath(imageDir, blob.digest)),
    });
  }
  const manifest = await readFile(blobPath(imageDir, image.manifest.digest));
  for (const tag of tags) {
    await call([201], {
      method: 'PUT',
      path: `/v2/${repository}/manifests/${tag}`,
      headers: { 'content-type': image.manifest.mediaType, 'content-length': String(manifest.length) },
      body: manifest,
    });
  }
}

/** The registry answers an address that may name another host: itself as it believes to be called. */
function uploadPath(answer: RegistryAnswer, blob: Descriptor): string {
  const url = new URL(String(answer.headers['location']), 'http://registry');
  url.searchParams.set('digest', blob.digest);
  return `${url.pathname}${url.search}`;
}

function check(
  answer: RegistryAnswer,
  expected: readonly number[],
  call: { method: string; path: string },
): RegistryAnswer {
  if (expected.includes(answer.status)) return answer;
  throw new CodedError(
    'BUILD_FAILED',
    `The registry answered ${call.method} ${call.path} with ${answer.status}, expected ${expected.join(' or ')}: ${answer.text}`,
  );
}
