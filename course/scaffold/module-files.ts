/** A module without lessons, by file name. */
export function moduleFiles({ title }: { title: string }): Record<string, string> {
  return {
    'module.yaml': `# yaml-language-server: $schema=../../schemas/module.json\ntitle: '${title}'\nsummary: What the lessons of this module are about, in a sentence or two.\n`,
  };
}
