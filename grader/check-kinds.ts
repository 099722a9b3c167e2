import type { Check } from '../protocol/exercise.ts';
import type { Evaluation } from './evaluation.ts';
import type { Finding } from './finding.ts';
import { evaluateAnswer } from './kinds/answer.ts';
import { evaluateContainer } from './kinds/container.ts';
import { evaluateDockerEvent } from './kinds/docker-event.ts';
import { evaluateFile } from './kinds/file.ts';
import { evaluateImage } from './kinds/image.ts';
import { evaluateProcess } from './kinds/process.ts';

/** Every kind of check, and nothing else. */
export function evaluateCheck(check: Check, evaluation: Evaluation): Promise<Finding> {
  switch (check.kind) {
    case 'file':
      return evaluateFile(check, evaluation);
    case 'process':
      return evaluateProcess(check, evaluation);
    case 'container':
      return evaluateContainer(check, evaluation);
    case 'image':
      return evaluateImage(check, evaluation);
    case 'docker-event':
      return evaluateDockerEvent(check, evaluation);
    case 'answer':
      return evaluateAnswer(check, evaluation);
  }
}
