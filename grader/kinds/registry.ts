import type { RegistryCheck } from '../../protocol/checks/registry.ts';
import { gatewayAddress, registryPort } from '../../protocol/machine-network.ts';
import { repositoryOf } from '../docker/image-reference.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, type Finding, type Question, type Seen } from '../finding.ts';
import type { HttpAnswer } from '../machine/http.ts';
import type { Observation } from '../observer.ts';
import type { HttpSeen } from '../machine/http.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { explainNoRegistry, explainNotInRegistry } from './registry-absent.ts';

/** Where the course's own registry is reached from every machine. */
const courseRegistry = { address: gatewayAddress, port: registryPort };
/** Manifests and lists of them, of Docker and of OCI; without these a registry converts them. */
const accept = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

export async function evaluateRegistry(check: RegistryCheck, { round }: Evaluation): Promise<Finding> {
  const { registry, repository, tag, present } = check;
  const named = span(registry === 'course' ? `${repository}:${tag}` : `${registry}/${repository}:${tag}`);
  const where = registry === 'course' ? say`the course's registry` : say`the registry at ${span(registry)}`;
  const question: Question = { where, expected: expectation(check, named) };
  const seen = await ask(check, say`/v2/${repository}/manifests/${tag}`, round);
  if (!seen.ok) return couldNotLook(question, seen);
  const answer = seen.value;
  if (!answer.answered) {
    if (!present && answer.why === 'refused') {
      return pass(question, { sentence: say`There is no ${named}, as asked.`, observed: say`no registry` });
    }
    return fail(question, await explainNoRegistry({ check, where, why: answer.why, round }));
  }
  if (answer.status === 404 && !present) {
    return pass(question, {
      sentence: say`There is no ${named} in ${where}, as asked.`,
      observed: say`no such tag`,
    });
  }
  if (answer.status === 404) {
    const list = await ask(check, say`/v2/${repository}/tags/list`, round);
    return fail(question, await explainNotInRegistry({ check, named, where, list, round }));
  }
  if (answer.status !== 200) {
    const sentence = say`What answers at ${where} is no registry, or wants a login: it says status ${answer.status}.`;
    return fail(question, { sentence, observed: say`status ${answer.status}` });
  }
  if (!present) {
    const sentence = say`${named} is still in ${where}; the task asks that it be gone.`;
    return fail(question, { sentence, observed: named }, 1);
  }
  return judgeDigest({ check, question, named, where, answer, round });
}

function expectation({ present, expect }: RegistryCheck, named: string): string {
  if (!present) return say`no ${named}`;
  const digest = expect.digest === undefined ? '' : say`, by the digest ${span(expect.digest)}`;
  const same = expect.sameAs === undefined ? '' : say`, the same as your image ${span(expect.sameAs)}`;
  return `${named}${digest}${same}`;
}

function ask(check: RegistryCheck, path: string, round: Round): Promise<Observation<HttpSeen>> {
  const { registry } = check;
  const [host = '', port = ''] = registry.split(':');
  const at =
    registry === 'course'
      ? courseRegistry
      : { address: host === 'localhost' ? '127.0.0.1' : host, port: Number(port) };
  return round.http({ ...at, host: `${at.address}:${at.port}`, path, accept });
}

async function judgeDigest(options: {
  check: RegistryCheck;
  question: Question;
  named: string;
  where: string;
  answer: HttpAnswer;
  round: Round;
}): Promise<Finding> {
  const { check, question, named, where, answer, round } = options;
  const { digest: wanted, sameAs } = check.expect;
  const digest = answer.headers.get('docker-content-digest') ?? '';
  const observed = digest === '' ? named : say`${named}, digest ${span(digest)}`;
  if (wanted !== undefined && digest !== wanted) {
    const sentence = say`${named} is in ${where}, but with the digest ${span(digest)}; the task asks for ${span(wanted)}.`;
    return fail(question, { sentence, observed }, 1);
  }
  if (sameAs !== undefined) {
    const images = await round.images();
    if (!images.ok) return couldNotLook(question, images);
    const ids = images.value.idsOf(sameAs);
    const mine = images.value.images.filter(({ id }) => ids.includes(id));
    if (mine.length === 0) {
      const sentence = say`${named} is in ${where}, but there is no image ${span(sameAs)} in your Docker to compare it with.`;
      return fail(question, { sentence, observed }, 1);
    }
    const known = mine.some(({ digests }) => digests.some((each) => each.endsWith(`@${digest}`)));
    if (digest === '' || !known) return fail(question, differs(check, named, where, sameAs), 1);
  }
  return pass(question, { sentence: say`${named} is in ${where}.`, observed });
}

function differs(
  { registry, repository }: RegistryCheck,
  named: string,
  where: string,
  sameAs: string,
): Seen {
  const target = registry === 'course' ? repository : `${registry}/${repository}`;
  const renamed = repositoryOf(sameAs) === repositoryOf(target);
  return {
    sentence: say`${named} is in ${where}, but it is another image than your ${span(sameAs)}.`,
    observed: say`another image`,
    hint: renamed
      ? say`The image was built anew since: push it again.`
      : say`Give your image the registry's name by \`docker tag\`, and push that.`,
  };
}
