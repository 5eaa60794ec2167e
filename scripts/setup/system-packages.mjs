import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say } from './say.mjs';

/** Programs that tests call, and the Debian packages that have them. A test whose program is missing says so by name. */
const needed = [
  { program: 'sipp', debian: 'sip-tester' },
  { program: 'baresip', debian: 'baresip-core' },
  { program: 'chromium', debian: 'chromium' },
];

const has = program => spawnSync('which', [program], { stdio: 'ignore' }).status === 0;

/** Installs missing programs where that is possible (Debian, root); elsewhere says what is missing and goes on. */
export const ensureSystemPackages = () => {
  const missing = needed.filter(each => !has(each.program));
  if (missing.length === 0) return;
  const names = missing.map(each => each.debian).join(' ');
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    say(
      `not installed: ${missing.map(each => each.program).join(', ')}. On Debian: apt-get install ${names}. The tests that need them are left out, by name.`,
    );
    return;
  }
  say(`installing Debian packages for the tests: ${names} ...`);
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const install = () =>
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...missing.map(each => each.debian)],
      options,
    );
  if (install().status !== 0) {
    spawnSync('apt-get', ['update', '-qq'], options);
    if (install().status !== 0)
      say(`apt-get could not install ${names}: the tests that need them are left out, by name.`);
  }
};
