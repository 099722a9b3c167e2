/** Why no start of an exercise is kept that a learner could go back to: sentences for the page, which has them in its languages. */
export const startFaults = {
  madeRoom: 'The start of this exercise had to make room for newer ones.',
  noDisk:
    'The start of this exercise could not be kept: the server has no disk to spare. All else works as before.',
} as const;
