import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { say } from './say.mjs';

/** The first release that runs TypeScript as it is, without a flag. */
const oldest = [22, 18];
/** What is fetched where the machine's is older. */
const wanted = 'node@24';

const folder = path.resolve('.cordboard/node');
const fetchedFolder = path.join(folder, 'node_modules/node/bin');

const isNewEnough = version => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
};

/** An environment whose `node` is new enough: the machine's own, or one from the npm package `node` inside the clone. */
export const ensureNode = environment => {
  if (isNewEnough(process.version)) return environment;
  if (!existsSync(path.join(fetchedFolder, 'node'))) {
    say(
      `Node ${process.version} is too old to run TypeScript: fetching ${wanted} from the npm registry into .cordboard/node ...`,
    );
    mkdirSync(folder, { recursive: true });
    const install = spawnSync(
      'npm',
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel=error', wanted],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      },
    );
    if (install.status !== 0) {
      say(`could not fetch ${wanted}. Install Node ${oldest.join('.')} or newer and try again.`);
      process.exit(1);
    }
  }
  return { ...environment, PATH: `${fetchedFolder}${path.delimiter}${environment.PATH}` };
};
