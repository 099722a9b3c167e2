import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** What npm runs as: the clone's owner when root works in somebody else's clone (sudo), so that it stays theirs. */
function npmIdentity(repository) {
  const { uid, gid } = statSync(repository);
  if (process.getuid() !== 0 || uid === 0) return {};
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[2] === String(uid));
  return { uid, gid, env: { ...process.env, HOME: entry?.[5] ?? '/nonexistent' } };
}

/**
 * Runs `npm ci`, its output to our standard error. The portal's unprivileged user must be able to read what it installs,
 * whatever the umask. SIGINT and SIGTERM are passed on.
 *
 * @returns {Promise<number>} exit status; 130 when interrupted
 */
export async function runNpmCi(repository) {
  process.umask(0o022);
  let child;
  let interrupted = false;
  // Before npm begins: a signal that comes at once must not find nobody listening.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      interrupted = true;
      child?.kill('SIGTERM');
    });
  }
  child = spawn(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'],
    { cwd: repository, stdio: ['ignore', 2, 2], ...npmIdentity(repository) },
  );
  const outcome = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  if (interrupted) {
    console.error('chrootcamp: interrupted. Run the same command again to go on.');
    return 130;
  }
  if (outcome.code === 0) return 0;
  const how = outcome.signal ? `was ended by ${outcome.signal}` : `exited with ${outcome.code}`;
  console.error(
    `chrootcamp: npm ci ${how}; its own words are above. Mend that and run the same command again.`,
  );
  return 1;
}
