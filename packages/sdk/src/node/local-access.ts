import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import net from 'node:net';
import { lineTransport, type RuntimeFile, type Transport } from '@cordboard/contract';
import type { ApplicationAccess } from '../application-access.ts';
import { type LaunchOptions, launchApplication } from './launch.ts';
import { readRuntimeFile } from './runtime-file.ts';
import { type RuntimePlaces, runtimePlaces } from './runtime-folder.ts';

export interface LocalAccessOptions extends LaunchOptions {
  places?: RuntimePlaces;
}

/** Changes that the file system does not tell (a process that was killed) are found within this time. */
const pollMilliseconds = 1_000;

const connect = (application: RuntimeFile): Promise<Transport> =>
  new Promise((resolve, reject) => {
    const socket = net.connect(application.endpoint);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(lineTransport(socket));
    });
  });

const watchFolder = (folder: string, changed: () => void): FSWatcher | null => {
  try {
    // the application makes it with the same rights; whoever comes first
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return watch(folder, changed).on('error', () => {});
  } catch {
    // no such folder can be made or watched here: the poll alone must do
    return null;
  }
};

/** Reaches the application through its runtime file and local socket. */
export const localAccess = (options: LocalAccessOptions = {}): ApplicationAccess => {
  const places = options.places ?? runtimePlaces();
  const find = () => readRuntimeFile(places.file);
  return {
    find,
    connect,
    watch(changed) {
      const watcher = watchFolder(places.folder, changed);
      const poll = setInterval(changed, pollMilliseconds);
      return () => {
        clearInterval(poll);
        watcher?.close();
      };
    },
    launch: parameters => launchApplication(parameters, find, places, options),
  };
};
