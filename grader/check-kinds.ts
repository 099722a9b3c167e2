import type { Check } from '../protocol/exercise.ts';
import type { Evaluation } from './evaluation.ts';
import type { Finding } from './finding.ts';
import { evaluateAnswer } from './kinds/answer.ts';
import { evaluateBefore } from './kinds/before.ts';
import { evaluateCombined, evaluateNot } from './kinds/combined.ts';
import { evaluateCgroup } from './kinds/cgroup.ts';
import { evaluateHttp } from './kinds/http.ts';
import { evaluateMount } from './kinds/mount.ts';
import { evaluateNamespace } from './kinds/namespace.ts';
import { evaluateRegistry } from './kinds/registry.ts';
import { evaluateScript } from './kinds/script.ts';
import { evaluateCompose } from './kinds/compose.ts';
import { evaluateContainer } from './kinds/container.ts';
import { evaluateDirectoryTree } from './kinds/directory-tree.ts';
import { evaluateDockerEvent } from './kinds/docker-event.ts';
import { evaluateFile } from './kinds/file.ts';
import { evaluateImage } from './kinds/image.ts';
import { evaluateNetwork } from './kinds/network.ts';
import { evaluateProcess } from './kinds/process.ts';
import { evaluateVolume } from './kinds/volume.ts';

/** Every kind of check, and nothing else. */
export function evaluateCheck(check: Check, evaluation: Evaluation): Promise<Finding> {
  switch (check.kind) {
    case 'file':
      return evaluateFile(check, evaluation);
    case 'directory-tree':
      return evaluateDirectoryTree(check, evaluation);
    case 'process':
      return evaluateProcess(check, evaluation);
    case 'container':
      return evaluateContainer(check, evaluation);
    case 'image':
      return evaluateImage(check, evaluation);
    case 'volume':
      return evaluateVolume(check, evaluation);
    case 'network':
      return evaluateNetwork(check, evaluation);
    case 'compose':
      return evaluateCompose(check, evaluation);
    case 'cgroup':
      return evaluateCgroup(check, evaluation);
    case 'http':
      return evaluateHttp(check, evaluation);
    case 'mount':
      return evaluateMount(check, evaluation);
    case 'namespace':
      return evaluateNamespace(check, evaluation);
    case 'registry':
      return evaluateRegistry(check, evaluation);
    case 'script':
      return evaluateScript(check, evaluation);
    case 'docker-event':
      return evaluateDockerEvent(check, evaluation);
    case 'before':
      return evaluateBefore(check, evaluation);
    case 'answer':
      return evaluateAnswer(check, evaluation);
    case 'all':
    case 'any':
    case 'count':
      return evaluateCombined(check, evaluation, evaluateCheck);
    case 'not':
      return evaluateNot(check, evaluation, evaluateCheck);
  }
}
