/** A lesson without exercises, by file name. Its one command runs as it stands. */
export function lessonFiles({ title }: { title: string }): Record<string, string> {
  return { 'lesson.mdx': lesson(title) };
}

function lesson(title: string): string {
  return `---
title: '${title}'
summary: Say in one sentence what the learner can do afterwards.
minutes: 10
---

Begin with a question or a problem, and have a command run early:

\`\`\`sh run
uname -r
\`\`\`

Say what happened, and why. One idea at a time.

<CanDo>

- What the learner can do now.

</CanDo>

<ReadOn>

- uname(1): a manual page, and what the reader finds there.

</ReadOn>
`;
}
