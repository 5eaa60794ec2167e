import { spawn } from 'node:child_process';
import { accessSync, constants, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A page that leads to the window. The address holds the token, so it may stand on no command line: browsers are given this
 * file, which its owner alone can read.
 */
export const writeDoorPage = (folder: string, url: string): string => {
  const file = path.join(folder, 'window.html');
  const target = JSON.stringify(url).replaceAll('<', '\\u003c');
  writeFileSync(
    file,
    `<!doctype html><title>Cordboard</title><script>location.replace(${target})</script>\n`,
    {
      mode: 0o600,
    },
  );
  return file;
};

interface Surroundings {
  platform: string;
  environment: {
    DISPLAY?: string | undefined;
    WAYLAND_DISPLAY?: string | undefined;
    PATH?: string | undefined;
  };
}

const chromiums = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const inPath = (name: string, folders: string | undefined): boolean =>
  (folders ?? '').split(path.delimiter).some(folder => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false; // not there, or not ours to run
    }
  });

/** The command that shows a page: Chromium as an application where it is installed; null where there is no screen. */
export const browserCommand = (page: string, { platform, environment }: Surroundings): string[] | null => {
  if (platform === 'win32') return ['explorer.exe', page];
  if (platform === 'darwin') return ['open', page];
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return null;
  const chromium = chromiums.find(each => inPath(each, environment.PATH));
  return chromium ? [chromium, `--app=${pathToFileURL(page).href}`] : ['xdg-open', page];
};

/** Opens the window where there is a screen. Answers whether it did. */
export const showWindow = (page: string): boolean => {
  const command = browserCommand(page, { platform: process.platform, environment: process.env });
  const [program, ...rest] = command ?? [];
  if (program === undefined) return false;
  const child = spawn(program, rest, { detached: true, stdio: 'ignore' });
  // no such program: the address is printed anyway
  child.on('error', () => {});
  child.unref();
  return true;
};
