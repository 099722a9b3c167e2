/**
 * Compares package-lock.json with the lock file npm keeps inside node_modules, so that an installation somebody made by
 * hand (`npm install`) is not thrown away and made again.
 *
 * @returns {string[]} what differs, each a phrase; empty when in step
 */
export function differences(wanted, installed) {
  const found = installed.packages ?? {};
  const words = [];
  for (const [location, entry] of Object.entries(wanted.packages ?? {})) {
    if (location === '' || entry.link) continue;
    const has = found[location];
    const name = location.replace(/^.*node_modules\//, '');
    if (!has) {
      // Of other processors and systems: npm leaves them out.
      if (!entry.optional && !entry.peer) words.push(`${name} ${entry.version} is missing`);
    } else if (has.version !== entry.version) {
      words.push(`${name} is ${has.version}, not ${entry.version}`);
    } else if (has.integrity !== entry.integrity) {
      words.push(`${name} ${entry.version} has other contents`);
    }
  }
  return words;
}
