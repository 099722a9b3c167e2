import { expect, test } from 'vitest';
import { describeLoss, type ClosingFacts } from './close-dialog.ts';

const atPrompt: ClosingFacts = {
  status: 'live',
  role: 'writer',
  atPrompt: true,
  command: '',
  isNew: false,
};

test.each<[string, Partial<ClosingFacts>]>([
  ['at a prompt', {}],
  ['opened a moment ago, its first prompt on the way', { atPrompt: null, isNew: true }],
  ['that ended', { status: 'exited', atPrompt: false }],
  ['that is gone', { status: 'closed', atPrompt: false, role: 'watcher' }],
  ['at a prompt, left by the window that used it', { role: 'idle-watcher' }],
])('a shell %s is closed at once', (_name, facts) => {
  expect(describeLoss({ ...atPrompt, ...facts })).toEqual([]);
});

test('what runs, and who is at work there, is named first', () => {
  expect(describeLoss({ ...atPrompt, atPrompt: false, command: 'npm start' })).toEqual([
    '“npm start” still runs here and would end with the shell.',
  ]);
  const unnamed = ['A command still runs here and would end with the shell.'];
  expect(describeLoss({ ...atPrompt, atPrompt: false })).toEqual(unnamed);
  // Found after a reload, its marks above all that is kept.
  expect(describeLoss({ ...atPrompt, atPrompt: null })).toEqual(unnamed);
  expect(describeLoss({ ...atPrompt, role: 'watcher' })).toEqual([
    'The shell is used in another window of yours, which would lose it.',
  ]);
  expect(describeLoss({ ...atPrompt, atPrompt: false, role: 'watcher' })).toHaveLength(2);
});
