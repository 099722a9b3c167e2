/** An exercise that is proven as it stands, by file name: a file to be written, to be replaced by what it shall ask. */
export function exerciseFiles({ slug, title }: { slug: string; title: string }): Record<string, string> {
  const file = `/root/${slug}.txt`;
  return {
    'exercise.yaml': `# yaml-language-server: $schema=../../../../../schemas/exercise.json
title: '${title}'
# A state to reach, never a command to copy.
task: 'Have a file \`${file}\` that holds one word: \`done\`.'
checks:
  - id: word
    kind: file
    label: 'The file \`${file}\` holds \`done\`'
    path: ${file}
    content: { equals: done }
# From a nudge to nearly the answer.
hints:
  - What a command prints can go into a file in place of the terminal.
# Near misses: which check fails, and what must stand in its sentence.
wrong:
  - script: wrong-empty.sh
    fails: word
    says: is empty
  - script: wrong-elsewhere.sh
    fails: word
    says: There is no
`,
    'solve.sh': `echo done > ${file}\n`,
    'alt-appended.sh': `printf 'do' > ${file}\nprintf 'ne' >> ${file}\n`,
    'wrong-empty.sh': `touch ${file}\n`,
    'wrong-elsewhere.sh': `echo done > /tmp/${slug}.txt\n`,
  };
}
