/** One entry of apt's configuration: a stanza of a `.sources` file or a line of a `.list` file. */
export interface AptSource {
  uris: string[];
  suites: string[];
  components: string[];
  /** A keyring's path, or an armoured key block, as the entry has it. */
  signedBy?: string;
}

/** Parses deb822 text (sources.list(5), "deb822-style format"); disabled and source-only stanzas are left out. */
export function parseDeb822Sources(text: string): AptSource[] {
  return text
    .replace(/^#.*\n?/gm, '')
    .split(/\n[ \t]*\n/)
    .map(parseFields)
    .filter((fields) => words(fields.get('types')).includes('deb') && !isNo(fields.get('enabled')))
    .map((fields) =>
      aptSource({
        uris: words(fields.get('uris')),
        suites: words(fields.get('suites')),
        components: words(fields.get('components')),
        signedBy: fields.get('signed-by'),
      }),
    );
}

/** Parses one-line entries: `deb [option=value ...] uri suite component...`. Source-only lines are left out. */
export function parseOneLineSources(text: string): AptSource[] {
  const entries: AptSource[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (match === null) continue;
    const [, options = '', uri = '', suite = '', components = ''] = match;
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
    entries.push(aptSource({ uris: [uri], suites: [suite], components: words(components), signedBy }));
  }
  return entries;
}

function aptSource(source: Omit<AptSource, 'signedBy'> & { signedBy: string | undefined }): AptSource {
  const { signedBy, ...rest } = source;
  return signedBy === undefined || signedBy === '' ? rest : { ...rest, signedBy };
}

/** Field names in lower case; of a continued value one leading space is cut and a lone dot means an empty line. */
function parseFields(stanza: string): Map<string, string> {
  const fields = new Map<string, string>();
  let name: string | undefined;
  for (const line of stanza.split('\n')) {
    const start = /^([A-Za-z][\w-]*):[ \t]*(.*)$/.exec(line);
    if (start !== null) {
      name = (start[1] ?? '').toLowerCase();
      fields.set(name, (start[2] ?? '').trim());
    } else if (name !== undefined && /^[ \t]/.test(line)) {
      const continued = line.slice(1).trimEnd();
      fields.set(name, `${fields.get(name) ?? ''}\n${continued === '.' ? '' : continued}`.trimStart());
    }
  }
  return fields;
}

function words(value: string | undefined): string[] {
  return (value ?? '').split(/\s+/).filter((word) => word !== '');
}

function isNo(value: string | undefined): boolean {
  return value !== undefined && /^(no|false|without|off|disable)$/i.test(value);
}
